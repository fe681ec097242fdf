import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const project = {
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ["es2023"] }, include: ["src"] }),
  "src/page.ts":
    "export interface Page {\n  readonly pfn: number;\n}\n\n" +
    "export function pfn_to_page(pfn: number): Page {\n  return { pfn };\n}\n",
  "src/gup.ts":
    'import { type Page, pfn_to_page } from "./page.js";\n\n' +
    "export function get_user_page(pfn: number): Page {\n  return pfn_to_page(pfn);\n}\n",
  "src/swap.ts":
    'import type { Page } from "./page.js";\n\nexport function put_page(page: Page): void {\n  void page;\n}\n\n' +
    "export function put_user_page(page: Page): void {\n  void page;\n}\n",
  "src/bio.ts": [
    'import { get_user_page } from "./gup.js";',
    'import type { Page } from "./page.js";',
    'import { put_page } from "./swap.js";',
    "",
    "export interface Bio {",
    "  page: Page;",
    "}",
    "",
    "export function submit(bio: Bio): void {",
    "  bio.page = get_user_page(1);",
    "}",
    "",
    "export function end_io(bio: Bio): void {",
    "  put_page(bio.page);",
    "}",
    "",
  ].join("\n"),
};

const others = [
  'import { type Page, pfn_to_page } from "./page.js";',
  "",
  "export function free_page(page: Page): void { void page; }",
  "export function free_cached(): void { free_page(pfn_to_page(2)); }",
  "export function drop_page(page: Page): void { void page; }",
  "export function free_user_page(page: Page): void { drop_page(page); }",
  "export function free_pfn(pfn: number): void { void pfn; }",
  "export function free_user_pfn(pfn: number): void { void pfn; }",
  "",
].join("\n");

const question = [
  ...["-p", "tsconfig.json", "--source", "src/gup.ts#get_user_page", "--brand", "UserPage"],
  ...["--release", "put_page=put_user_page"],
];

describe("from the command line to the compiler", () => {
  test("measure follows the brand to the release in another function", () => {
    const { code, stdout } = userpage(folderWith(project), ["measure", ...question]);
    const lines = stdout.split("\n").map((line) => line.trim().replace(/\s+/gu, " "));
    expect(code).toBe(0);
    expect(lines).toContain("0 source get_user_page() gup.ts:3");
    expect(lines).toContain("1 assignment Bio#page bio.ts:6");
    expect(lines).toContain("1 conversion of a release call");
    expect(stdout).toContain("accepts the edits: complaints before 0, after 0");
  });

  test("explain shows why the holder changes", () => {
    const { code, stdout } = userpage(folderWith(project), ["explain", "src/bio.ts:6", ...question]);
    expect(code).toBe(0);
    expect(stdout).toContain("      bio.page = get_user_page(1);\n");
  });

  test("the diff and --write change the same text", () => {
    const [patched, written] = [folderWith(project), folderWith(project)];
    const { stdout } = userpage(patched, ["apply", ...question]);
    execFileSync("git", ["apply", "-"], { cwd: patched, input: stdout });
    const { code, stderr } = userpage(written, ["apply", "--write", ...question]);
    expect([code, stderr]).toEqual([
      0,
      ["bio", "gup", "page", "swap"].map((name) => `userpage: changed src/${name}.ts\n`).join(""),
    ]);
    for (const file of Object.keys(project)) {
      expect(readFileSync(join(written, file), "utf8")).toBe(readFileSync(join(patched, file), "utf8"));
    }
    expect(readFileSync(join(written, "src/bio.ts"), "utf8")).toContain("put_user_page(bio.page)");
  });

  test("plan says that no release is named, or which one is not reached, and why", () => {
    const notes = (...releases: readonly string[]) => {
      const named = releases.flatMap((release) => ["--release", release]);
      const files = { ...project, "src/other.ts": others };
      const { code, stderr } = userpage(folderWith(files), ["plan", ...question.slice(0, -2), ...named]);
      return [code, ...stderr.trimEnd().split("\n")];
    };
    expect(notes()).toEqual([1, "userpage: no release is named; say which calls release with --release PLAIN=BRANDED"]);
    expect(notes("free_page=free_user_page", "drop_page=free_user_page")).toEqual([
      1,
      "userpage: no release is reached: src/other.ts free_page().(page) is not reached: only plain values flow into it, from src/page.ts pfn_to_page()",
      "userpage: no release is reached: src/other.ts drop_page().(page) is called by the branded release alone, at src/other.ts:6",
    ]);
    expect(notes("free_pfn=free_user_pfn")).toEqual([
      1,
      "userpage: no release is reached: nothing that free_pfn takes holds Page",
    ]);
  });

  test.each([
    ["no such project", ["-p", "no.json"], "no.json"],
    ["a source that nothing declares", ["--source", "src/gup.ts#get_user_pagez"], "get_user_pagez"],
  ])("%s is one line and 2", (_, other, named) => {
    const { code, stdout, stderr } = userpage(folderWith(project), ["measure", ...question, ...other]);
    expect([code, stdout, stderr.split("\n").length]).toEqual([2, "", 2]);
    expect(stderr).toMatch(/^userpage: /u);
    expect(stderr).toContain(named);
  });
});

function userpage(cwd: string, argv: readonly string[]) {
  const { io, printed } = ioIn(cwd);
  return { code: run(argv, io), ...printed };
}
