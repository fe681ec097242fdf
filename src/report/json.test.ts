import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleReport } from "./fixtures/sample-report.ts";
import { jsonOf } from "./json.ts";

test("the JSON is the report, two spaces deep, with a newline at the end", () => {
  expect(jsonOf(sampleReport)).toBe(`${JSON.stringify(sampleReport, null, 2)}\n`);
});

test("any text survives, and nothing in it can steer a terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const json = jsonOf({ text });
      expect(JSON.parse(json)).toEqual({ text });
      expect(json.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu)).toBeNull();
    }),
  );
});
