import { afterAll, expect, test } from "vitest";
import { cleanUp, materialise, type Texts } from "./fixtures/fixture.ts";
import { measure } from "./measure.ts";
import { measureParts } from "./parts.ts";
import type { MeasureRequest } from "./question.ts";

afterAll(cleanUp);

const part = (...files: readonly string[]) => JSON.stringify({ extends: "./tsconfig.json", include: [], files });
const files: Texts = new Map(
  Object.entries({
    "mm.ts": [
      "export interface Page { pfn: number }",
      "export function pin(): Page { return { pfn: 1 }; }",
      "export function alloc(): Page { return { pfn: 2 }; }",
      "export function put(page: Page): void { void page; }",
      "export function unpin(page: Page): void { void page; }",
      "",
    ].join("\n"),
    "holder.ts": 'import type { Page } from "./mm.js";\nexport interface Bio { page: Page }\n',
    "direct.ts": [
      'import type { Bio } from "./holder.js";',
      'import { pin, put } from "./mm.js";',
      "export function submit(bio: Bio): void { bio.page = pin(); }",
      "export function end(bio: Bio): void { put(bio.page); }",
      "",
    ].join("\n"),
    "cache.ts": [
      'import type { Bio } from "./holder.js";',
      'import { alloc } from "./mm.js";',
      "export function writeback(bio: Bio): void { bio.page = alloc(); }",
      "",
    ].join("\n"),
    "other.ts": "export const nothing = 1;\n",
    "direct.json": part("direct.ts"),
    "cache.tsconfig.json": part("cache.ts"),
    "other.json": part("other.ts"),
  }),
);

test("a part alone is told apart where the whole mixes, and its own share of the whole stands beside it", () => {
  const request: MeasureRequest = {
    project: ".",
    workingDirectory: materialise(files),
    verify: "sufficient",
    migration: {
      base: "mm.ts#Page",
      brand: "UserPage",
      mode: "distinct",
      sources: ["mm.ts#pin"],
      sinks: [],
      releases: [{ plain: "mm.ts#put", branded: "mm.ts#unpin" }],
    },
  };
  const whole = measure(request);
  expect(whole.mixedReleases.length).toBe(1);

  const parts = measureParts(whole, request, ["direct.json", "cache.tsconfig.json", "other.json"]);
  expect(parts.map(({ name, own }) => [name, own])).toEqual([
    ["direct", { edits: 0, unions: 0, casts: 1, conversions: 0 }],
    ["cache", { edits: 0, unions: 0, casts: 0, conversions: 0 }],
    ["other", { edits: 0, unions: 0, casts: 0, conversions: 0 }],
  ]);
  const [direct, cache, other] = parts;
  expect(direct?.alone?.churn).toMatchObject({ edits: 3, conversions: 1 });
  expect(direct?.alone).toMatchObject({ mixed: 0, mixedReleases: 0 });
  expect(direct?.alone?.verdict?.newDiagnostics).toEqual([]);
  // The source is there, and nobody calls it.
  expect(cache?.alone?.churn.edits).toBe(2);
  expect(other?.alone).toBeNull();
});
