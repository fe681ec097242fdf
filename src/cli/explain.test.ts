import { describe, expect, test } from "vitest";
import { sampleReport } from "../report/fixtures/sample-report.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { measurementOf, studyOf } from "./fixtures/measured.ts";
import { runWith } from "./run-with.ts";

const question = ["-p", ".", "--source", "mm/gup.ts#get_user_pages", "--brand", "UserPage"];

describe("explain", () => {
  test("shows the line of text of every hop that can be read", () => {
    expect(explain("block/bio.ts Bio#page")).toEqual([
      0,
      [
        "block/bio.ts Bio#page",
        "  parameter, written, branded, 1 hop from its source",
        "  0. mm/gup.ts get_user_pages().return",
        "      source, mm/gup.ts:4",
        "  1. block/bio.ts Bio#page",
        "      call-argument, block/bio.ts:3",
        "      bio.page = page;",
        "",
      ].join("\n"),
    ]);
  });

  test("takes file:line for a position", () => {
    expect(explain("block/bio.ts:2")).toEqual(explain("block/bio.ts Bio#page"));
    expect(explain("./bio.ts:2")).toEqual(explain("block/bio.ts Bio#page"));
  });

  test("answers an unknown position with those near it", () => {
    expect(explain("block/bio.ts Bio#pages")).toEqual([
      2,
      "userpage: there is no position block/bio.ts Bio#pages; near it: block/bio.ts Bio#page\n",
    ]);
    expect(explain("end_io")).toEqual([
      2,
      "userpage: there is no position end_io; near it: block/bio.ts end_io().(page)\n",
    ]);
    expect(explain("block/bio.ts:7")).toEqual([
      2,
      "userpage: the brand reaches nothing at block/bio.ts:7; " +
        "near it: block/bio.ts end_io().(page) (line 9), block/bio.ts Bio#page (line 2)\n",
    ]);
    expect(explain("zzzzzzzzzz")).toEqual([
      2,
      "userpage: there is no position zzzzzzzzzz; measure --format json lists those it reaches\n",
    ]);
  });

  test("gives the hops as data", () => {
    const [, json] = explain("mm/gup.ts:4", "--format", "json");
    const hop = {
      depth: 0,
      position: "mm/gup.ts get_user_pages().return",
      construct: "source",
      reversed: false,
      file: "mm/gup.ts",
      line: 4,
      text: "",
    };
    expect(JSON.parse(json)).toEqual([
      { position: hop.position, kind: "parameter", annotation: "written", label: "brand", notes: [], hops: [hop] },
    ]);
  });
});

function explain(position: string, ...more: readonly string[]): readonly [number, string] {
  const cwd = folderWith({ "tsconfig.json": "{}", "block/bio.ts": "//\n//\n  bio.page = page;\n" });
  const { io, printed } = ioIn(cwd);
  const engine = () => studyOf(measurementOf(sampleReport));
  const code = runWith(engine, ["explain", position, ...question, ...more], io);
  return [code, printed.stdout + printed.stderr];
}
