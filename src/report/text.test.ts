import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report } from "../engine/answer/report.ts";
import { positionIdOf } from "../engine/graph/graph.ts";
import { columnsOf } from "./fit.ts";
import { sampleReport } from "./fixtures/sample-report.ts";
import { textReport } from "./text.ts";

const plain = { columns: 80, emphasize: (text: string) => text };

describe("the text report", () => {
  test("answers in the order one reads: question, price, path, edits, obstacles, gaps, verdict, time", () => {
    expect(textReport(sampleReport, plain)).toMatchInlineSnapshot(`
      "mm/gup.ts#get_user_pages -> UserPage
        distinct mode, base Page, project tsconfig.json
             4  edits to annotations
        4 to 5  of them at least and at most: something hides the rest
             0  edits to annotations in tests
             1  conversion of a release call
             0  casts
             1  new declaration or import
             2  positions carried by inference, for nothing
             3  hops to the deepest position
             3  files
             3  functions
             3  modules (folders)
         +6 -5  lines
             6  edits under C's rules, where nothing is inferred

      the path from the source to the last release
        hop  by             position                 declared at
          0  source         get_user_pages().return  mm/gup.ts:4
          1  call-argument  Bio#page                 block/bio.ts:2
          2  call-argument  end_io().(page)          block/bio.ts:9

      edits
        edits by kind  all  forced  flow  boundary  in tests
        annotation       3       3     0         0         0
        conversion       1       1     0         0         0
        union            1       0     1         0         0

        edits by module  all  conversions  casts  files
        block              3            1      0      1
        lib                1            0      0      1
        mm                 1            0      0      1

      1 obstacle in lib/
        mixed (1): also receives plain values, so its type cannot be the brand alone
        hop 3  call-argument  log().(page)  log.ts:1

      the package's public types: 1 export changed
        export          brand is  consumers  position
        get_user_pages  produced  break      mm/gup.ts get_user_pages().return

      1 flow learned from the compiler's complaints
        decorator (1)
        lib/log.ts:7

      verdict
        typescript 7.0.2 accepts the edits: complaints before 1, after 1

      time
        1.05 s in all: load 0.12, collect 0.03, solve 0.00, plan 0.00, verify 0.90
      "
    `);
  });

  test("says one of a thing as one", () => {
    const one = { edits: 1, testEdits: 1, casts: 1, testCasts: 1, mintCalls: 1, carried: 1, maxDepth: 1 };
    const churn = { ...sampleReport.churn, ...one, files: 1, functions: 1, modules: 1, underCRules: 1 };
    const [figures = ""] = textReport({ ...sampleReport, churn }, plain).split("\n\n");
    const lines = figures.split("\n");
    expect(lines.filter((line) => /^ +1 {2}/u.test(line)).map((line) => line.trim().slice(3))).toEqual([
      "edit to an annotation",
      "edit to an annotation in tests",
      "conversion of a release call",
      "cast, in a test",
      "call of the mint helper in a test, for a cast",
      "new declaration or import",
      "position carried by inference, for nothing",
      "hop to the deepest position",
      "file",
      "function",
      "module (folder)",
      "edit under C's rules, where nothing is inferred",
    ]);
  });

  test("counts exports, and the positions at which they hold the brand", () => {
    const surface = sampleReport.surface.flatMap((each) => [each, { ...each, position: positionIdOf("a.ts a") }]);
    const text = textReport({ ...sampleReport, surface }, plain);
    expect(text).toContain("the package's public types: 1 export changed at 2 positions\n");
  });

  test("shows the deepest position where nothing is released", () => {
    const text = textReport({ ...sampleReport, conversions: [] }, plain);
    expect(text).toContain("the path from the source to the deepest position");
    expect(text).toContain("3  call-argument  log().(page)");
  });

  test("does not call silence a success", () => {
    expect(textReport({ ...sampleReport, verdict: null }, plain)).toContain("the compiler was not asked (--no-verify)");
  });

  test("lists what the compiler complains about, and the edits it would not miss", () => {
    const text = textReport({ ...sampleReport, verdict: rejection }, plain);
    expect(text.slice(text.indexOf("verdict"), text.indexOf("\ntime")).split("\n")).toEqual([
      "verdict",
      "  typescript 7.0.2 rejects the edits, 1 new: complaints before 0, after 1",
      "  lib/log.ts:3 error TS2322",
      "      Type 'UserPage' is not assignable to type 'Page'.",
      "        Property 'kind' is missing.",
      "  each edit undone alone: the compiler complains about 3 of 4, not about",
      "  lib/log.ts log().(page)",
      "",
    ]);
  });

  test("emphasizes headings and nothing else", () => {
    const text = textReport(sampleReport, { columns: 80, emphasize: (heading) => `<${heading}>` });
    expect(text.match(/<.*>/gu)).toEqual([
      "<mm/gup.ts#get_user_pages -> UserPage>",
      "<the path from the source to the last release>",
      "<edits>",
      "<1 obstacle in lib/>",
      "<the package's public types: 1 export changed>",
      "<1 flow learned from the compiler's complaints>",
      "<verdict>",
      "<time>",
    ]);
  });

  test("never takes more than 80 columns, nor more than a narrow terminal has, whatever the names", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(name, name, fc.integer({ min: 60, max: 200 }), (file, id, columns) => {
        const lines = textReport(renamed(file, id), { ...plain, columns }).split("\n");
        expect(lines.filter((line) => columnsOf(line) > Math.min(80, columns))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps file:line whole by making the name narrower, then by a line of its own", () => {
    const file = `${"deep/".repeat(13)}bio.ts`;
    const lines = textReport(renamed(file, `${file} ${"very_long_name".repeat(5)}()`), plain).split("\n");
    expect(lines.filter((line) => line.includes(`${file}:9`)).map((line) => line.trim())).toContain(`${file}:9`);
    expect(lines.filter((line) => line.includes("…")).length).toBeGreaterThan(0);
  });

  test("spells out what would steer a terminal", () => {
    const text = textReport(renamed("a\u001b[31m\u009b2J\u202e.ts", "a\u0007\nb"), plain);
    expect(text).toContain("a\\u{1b}[31m\\u{9b}2J\\u{202e}.ts:9");
    expect(text).toContain("a\\u{7}\\u{a}b");
    expect(text.match(/(?!\n)[\p{Cc}\p{Cf}]/gu)).toBeNull();
  });
});

const rejection: Report["verdict"] = {
  compiler: "typescript 7.0.2",
  before: 0,
  after: 1,
  newDiagnostics: [
    {
      file: "lib/log.ts",
      line: 3,
      code: 2322,
      message: "Type 'UserPage' is not assignable to type 'Page'.\n  Property 'kind' is missing.",
    },
  ],
  necessity: { checked: 4, unnoticed: [positionIdOf("lib/log.ts log().(page)")] },
};

function renamed(file: string, id: string): Report {
  const [source, holder, last] = sampleReport.positions;
  if (source === undefined || holder === undefined || last === undefined)
    throw new Error("the sample has no positions");
  return {
    ...sampleReport,
    project: file,
    positions: [source, holder, { ...last, id: positionIdOf(id), file }],
    conversions: sampleReport.conversions.map((edit) => ({ ...edit, position: positionIdOf(id), file })),
    obstacles: sampleReport.obstacles.map((obstacle) => ({ ...obstacle, position: positionIdOf(id), file })),
    learned: [{ construct: id, file, line: 1 }],
  };
}
