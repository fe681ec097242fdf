import { describe, expect, test } from "vitest";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const files = {
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ["es2023"] }, include: ["src"] }),
  "src/mm.ts": [
    "export interface Page {",
    "  pfn: number;",
    "}",
    "export function pin(): Page {",
    "  return { pfn: 1 };",
    "}",
    "export function alloc(): Page {",
    "  return { pfn: 2 };",
    "}",
  ].join("\n"),
  "src/bio.ts": [
    'import { alloc, type Page, pin } from "./mm.js";',
    "export interface Bio { page: Page; other: Page }",
    "export const bio: Bio = {",
    "  page: pin(), other: alloc() };",
    "export function show(page: Page): void { JSON.stringify(page); }",
    "show(",
    "  pin(),",
    ");",
    "show(alloc());",
    "export function parse(text: string): Page { return JSON.parse(text); }",
    "export const parsed: Page = parse('{}');",
    "export function copy(a: Page, b: Page): Page[] { return [a, b]; }",
  ].join("\n"),
  "src/deep/bio.ts": "export const nothing = 1;\n",
};
const question = ["-p", ".", "--source", "src/mm.ts#pin", "--brand", "UserPage"];

describe("explain a place", () => {
  test("that the project does not have", () => {
    expect(explain("nofile.ts:3")).toEqual("userpage: the project has no file nofile.ts");
    expect(explain("src/bia.ts:3")).toEqual(
      "userpage: the project has no file src/bia.ts; near it: src/bio.ts, src/mm.ts",
    );
    expect(explain("bio.ts:3")).toEqual("userpage: more than one file is called bio.ts: src/bio.ts, src/deep/bio.ts");
  });

  test("on a line that the file does not have", () => {
    expect(explain("src/mm.ts:13")).toEqual("userpage: src/mm.ts has 9 lines, and none is 13; name one of them");
    expect(explain("src/deep/bio.ts:2")).toEqual(
      "userpage: src/deep/bio.ts has 1 line, and none is 2; name one of them",
    );
    expect(explain("src/mm.ts:0")).toEqual("userpage: src/mm.ts has 9 lines, and none is 0; name one of them");
  });

  test("where nothing holds the base", () => {
    expect(explain("src/deep/bio.ts:1")).toEqual(
      "userpage: the brand reaches nothing at src/deep/bio.ts:1; nor anything else in the file",
    );
  });

  test("where several positions are declared, reached or not", () => {
    expect(explain("src/bio.ts:2").split("\n")).toEqual([
      "src/bio.ts Bio#page",
      "  property, written, branded, 1 hop from its source",
      "  0. src/mm.ts pin()",
      "      source, src/mm.ts:4",
      "      export function pin(): Page {",
      "  1. src/bio.ts Bio#page",
      "      property, src/bio.ts:4",
      "      page: pin(), other: alloc() };",
      "",
      "src/bio.ts Bio#other",
      "  property, written, plain",
      "  not reached: only plain values flow into it, from src/mm.ts alloc()",
    ]);
  });

  test("that has an obstacle", () => {
    expect(explain("src/bio.ts:5")).toContain(
      "  obstacle mixed: call-argument from src/mm.ts alloc(): also receives plain",
    );
    expect(explain("src/bio.ts:5")).toContain(
      "  obstacle erased: call-argument of src/bio.ts show().(page): the compiler",
    );
  });

  test("where a value only flows", () => {
    expect(explain("src/bio.ts:7").split("\n")[0]).toBe("src/bio.ts show().(page)");
  });

  test("that gets its value unchecked", () => {
    expect(explain("src/bio.ts:10").replace(/\s+/gu, " ")).toContain(
      "not reached: src/bio.ts parse() gets a value that nothing checks, by return at src/bio.ts:10",
    );
  });

  test("that nothing flows into", () => {
    expect(explain("src/bio.ts copy().(a)")).toContain("not reached: nothing that was searched flows into it");
  });

  test("where the brand is minted by a cast", () => {
    const text = explain("src/bio.ts:9", "--sink", "src/bio.ts#show(page)");
    expect(text).toContain("  a plain value becomes a branded one here: call-argument from src/mm.ts alloc()");
    expect(text).toContain("  a cast is written here: a plain value becomes a branded one");
  });
});

function explain(place: string, ...more: readonly string[]): string {
  const { io, printed } = ioIn(folderWith(files), { columns: 200 });
  run(["explain", place, ...question, ...more], io);
  return (printed.stdout + printed.stderr).replace(/\n$/u, "");
}
