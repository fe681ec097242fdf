import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { applyChanges, byFile } from "./edit.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration } from "./migration.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", types: [] },
});

function ask(files: Readonly<Record<string, string>>, question: Partial<Migration> = {}): Measurement {
  const folder = mkdtempSync(join(tmpdir(), "userpage-input-"));
  folders.push(folder);
  for (const [file, text] of Object.entries({ "tsconfig.json": tsconfig, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const migration: Migration = {
    base: undefined,
    brand: "Branded",
    mode: "distinct",
    sources: ["a.ts#open"],
    sinks: [],
    releases: [],
    ...question,
  };
  return measure({ project: "tsconfig.json", workingDirectory: folder, verify: "sufficient", migration });
}

function edited({ report, sources }: Measurement, file: string): string {
  const edits = byFile([...report.edits, ...report.conversions]).get(file) ?? [];
  return applyChanges(sources.get(file) ?? readFileSync(join(folders[0] ?? "", file), "utf8"), edits);
}

const open = "export interface C { id: number }\nexport function open(): C { return { id: 1 }; }\n";

test.each([
  ["a syntax error names its file and line", { "a.ts": `${open}export function x( {\n` }, {}, /^a\.ts:4: syntax error/],
  ["a broken tsconfig names its line", { "a.ts": open, "tsconfig.json": '{"include": [' }, {}, /^tsconfig\.json:1: /],
  ["a tsconfig without files", { "tsconfig.json": '{"include": ["none"]}' }, {}, /No inputs were found/],
  ["an unknown file", { "a.ts": open }, { sources: ["b.ts#open"] }, /has no file b\.ts/],
  [
    "an unknown name, with its neighbour",
    { "a.ts": open },
    { sources: ["a.ts#opens"] },
    /no opens; did you mean open\?/,
  ],
  [
    "an ambiguous name",
    { "a.ts": open, "b.ts": open },
    { sources: ["open"] },
    /ambiguous; write a\.ts#open or b\.ts#open/,
  ],
  ["an unknown parameter", { "a.ts": open }, { sources: ["a.ts#open(x)"] }, /no parameter x; it has none/],
  ["a type as a source", { "a.ts": open }, { sources: ["a.ts#C"] }, /a type, which produces nothing/],
  [
    "a constructor as a source",
    { "a.ts": `${open}export class Parser implements C { constructor(readonly id: number) {} }\n` },
    { sources: ["a.ts#Parser.constructor"], base: "C" },
    /a constructor, which gives its class and nothing else; .* Class\.constructor\(parameter\)/,
  ],
  ["a taken brand name", { "a.ts": open, "b.ts": "export class Taken {}\n" }, { brand: "Taken" }, /taken in b\.ts/],
  ["a source that has the brand already", { "a.ts": open }, { brand: "C" }, /it holds C already, .* --base the type/],
  [
    "a source that has it already, with a mode and a base",
    { "a.ts": "export type Id = string & { readonly id: never };\nexport declare function open(): Id;\n" },
    { brand: "a.ts#Id", base: "string", mode: "subtype" },
    /its type is Id, which does not hold string; is it branded already/,
  ],
  [
    "a source of type any",
    { "a.ts": "export const id = JSON.parse('1');\n" },
    { sources: ["a.ts#id"] },
    /^id: its type is any, .*write down what it is$/,
  ],
  [
    "a source of type any, with a base",
    { "a.ts": "export function id(): any {\n  return 1;\n}\n" },
    { sources: ["a.ts#id"], base: "number" },
    /^id: its type is any, .*write down what it is$/,
  ],
  [
    "a function as a source that is made elsewhere",
    { "a.ts": "export const now = Date.now;\n" },
    { sources: ["a.ts#now"] },
    /^now: a function that is made elsewhere, .*write down its type, such as now: \(\) => number$/,
  ],
  [
    "a function as a source that is made elsewhere, with a base",
    { "a.ts": "export const now = Date.now;\n" },
    { sources: ["a.ts#now"], base: "number" },
    /^now: a function that is made elsewhere, .*write down its type, such as now: \(\) => number$/,
  ],
  [
    "a source of a template type without a name",
    { "a.ts": `export function open(): \`T-\${number}\` {\n  return "T-1";\n}\n` },
    {},
    /^open: its type is `T-\$\{number\}`, which names nothing .*\(type Name = `T-\$\{number\}`\) and write that here/,
  ],
  [
    "a source of literals without a name, with a base",
    { "a.ts": "export async function open(): Promise<'on' | 'off'> {\n  return 'on';\n}\n" },
    { base: "string", mode: "subtype" },
    /^open: its type is Promise<'on' \| 'off'>, which names nothing .*\(type Name = 'on' \| 'off'\) and write that here/,
  ],
  [
    "a source of a type parameter",
    { "a.ts": "export class Pool<C> {\n  async get(): Promise<C> {\n    return this.get();\n  }\n}\n" },
    { sources: ["a.ts#Pool.get"] },
    /^get: its type is Promise<C>, and what C is, is said where that is used; name a source there/,
  ],
  [
    "a distinct brand of literals that name members",
    {
      "a.ts":
        "export type Side = 'on' | 'off';\nexport const open = (): Side => 'on';\nconst sizes = { on: 1, off: 0 };\nsizes[open()];\n",
    },
    {},
    /^Side names members, as in a\.ts:4, .*use --mode subtype, or declare the brand yourself/,
  ],
  ["a keyword as a brand", { "a.ts": open }, { brand: "class" }, /not a name that a type can have/],
  [
    "an existing type that is no subtype",
    { "a.ts": "export interface User { id: string }\nexport const open = (): string => '';\n" },
    { brand: "a.ts#User", mode: "subtype" },
    /^--brand a\.ts#User: User does not pass as string, .*name a subtype of string, another --base, or --mode distinct$/,
  ],
  ["a global as a brand", { "a.ts": open }, { brand: "Map" }, /would hide the global Map/],
] as const)("%s is refused in one line", (_, files, question, message) => {
  const run = () => ask(files, question as Partial<Migration>);
  expect(run).toThrow(message);
  expect(run).not.toThrow(/\n/);
});

test("a complaint that the project had before is not new, though its words name the brand now", () => {
  const own = 'export const bad: number = "x";\nexport function use(c: C): void { c.nope; }\nuse(open());\n';
  const { report } = ask({ "a.ts": open + own });
  expect(report.verdict).toMatchObject({ before: 2, after: 2, newDiagnostics: [] });
});

test("a file with CRLF line ends and a byte order mark keeps them", () => {
  const measured = ask({ "a.ts": `\uFEFF${open.replaceAll("\n", "\r\n")}` });
  const text = edited(measured, "a.ts");
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  expect(text).toContain("export type Branded");
});

test("a method that releases is renamed in its place and needs no import", () => {
  const pool =
    "export class Pool {\n  open(): C { return open(); }\n  release(c: C): void { void c; }\n  giveBack(c: C): void { void c; }\n}\n";
  const use =
    'import type { Pool } from "./a";\nexport function run(pool: Pool): void { pool.release(pool.open()); }\n';
  const measured = ask(
    { "a.ts": open + pool, "b.ts": use },
    { sources: ["a.ts#Pool.open"], releases: [{ plain: "a.ts#Pool.release", branded: "a.ts#Pool.giveBack" }] },
  );
  expect(measured.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(measured, "b.ts")).toBe(use.replace("pool.release(", "pool.giveBack("));
});
