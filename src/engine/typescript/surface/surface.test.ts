import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { measure } from "../../measure.ts";
import type { Mode } from "../../migration.ts";

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const compilerOptions = {
  strict: true,
  target: "es2022",
  module: "nodenext",
  types: [],
  rootDir: "src",
  outDir: "dist",
};
const sources = {
  "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
  "src/ids.ts": 'export function createId(): string {\n  return "a";\n}\n',
  "src/user.ts": [
    'import { createId } from "./ids.js";',
    "export interface User { id: string; readonly name: string }",
    "interface Hidden { readonly id: string }",
    "export function create(): User { return { id: createId(), name: `n` }; }",
    "export function hidden(): Hidden { return { id: createId() }; }",
    "export function load(id: string): number { return id.length; }",
    "export function each(visit: (id: string) => void): void { visit(createId()); }",
    "export const all: string[] = [createId()];",
    "export class Store {",
    "  readonly first: string = createId();",
    "  last: string = createId();",
    "  private own: string = createId();",
    "  add(id: string): void { this.last = id; }",
    "}",
    "export function touch(store: Store): void { load(createId()); store.add(createId()); }",
  ].join("\n"),
  "src/inner.ts": "export const unrelated = 1;\n",
};
const exportsOfUser = { types: "./dist/user.d.ts", default: "./dist/user.js" };

describe("the exported surface", () => {
  test("in subtype mode breaks where a consumer has to give the brand", () => {
    expect(surface({ exports: { ".": exportsOfUser } }, "subtype")).toEqual([
      ". hidden produced passes src/user.ts Hidden#id",
      ". load consumed breaks src/user.ts load().(id)",
      ". each produced passes src/user.ts each().(visit).(id)",
      ". User both breaks src/user.ts User#id",
      ". all produced passes src/user.ts all.[]",
      ". Store produced passes src/user.ts Store#first",
      ". Store both breaks src/user.ts Store#last",
      ". Store consumed breaks src/user.ts Store#add().(id)",
    ]);
  });

  test("ends where a generic holds ever larger instances of itself", () => {
    const chain = [
      "export interface Chain<T> { readonly value: T; readonly next: Chain<Chain<T>>; readonly id: string }",
      "export function link<T>(chain: Chain<T>): Chain<T> { return { ...chain, id: createId() }; }",
    ];
    const user = [sources["src/user.ts"], ...chain].join("\n");
    expect(surface({ exports: { ".": exportsOfUser } }, "subtype", { "src/user.ts": user })).toContain(
      ". Chain both breaks src/user.ts Chain#id",
    );
  });

  test("in distinct mode breaks wherever the brand goes through, but for a union that is only taken", () => {
    const plain = { "src/other.ts": 'import { load } from "./user.js";\nload("plain");\n' };
    const lines = surface({ exports: { ".": exportsOfUser } }, "distinct", plain);
    expect(lines).toContain(". load consumed passes src/user.ts load().(id)");
    expect(lines).toContain(". all produced breaks src/user.ts all.[]");
  });

  test.each([
    ["types", { types: "dist/user.d.ts" }, "."],
    ["main alone", { main: "./dist/user.js" }, "."],
    ["exports that is a string", { exports: "./dist/user.js" }, "."],
    ["conditions, the types nested", { exports: { import: { types: "./dist/user.d.ts" }, require: "./no.cjs" } }, "."],
    ["a pattern", { exports: { "./*": "./dist/*.js" } }, "./user"],
    ["a folder that this tsconfig does not write", { types: "build/user.d.ts" }, "."],
    ["the source itself", { exports: { "./user": "./src/user.ts" } }, "./user"],
  ])("is found by %s", (_, manifest, entry) => {
    expect(surface(manifest, "subtype")).toContain(`${entry} load consumed breaks src/user.ts load().(id)`);
  });

  test("is nothing without a package, or where no entry leads to a source", () => {
    expect(surface(undefined, "subtype")).toEqual([]);
    expect(surface({ exports: { "./package.json": "./package.json" } }, "subtype")).toEqual([]);
    expect(surface({ exports: { ".": "./dist/inner.js" } }, "subtype")).toEqual([]);
  });

  test("knows a source that has no annotation, through a re-export of another name", () => {
    const files = {
      "src/ids.ts": 'export function createId() {\n  return "a" + "b";\n}\n',
      "src/index.ts": 'export { createId as makeId } from "./ids.js";\nexport * as ids from "./ids.js";\n',
    };
    expect(surface({ types: "dist/index.d.ts" }, "subtype", files)).toEqual([
      ". makeId produced passes src/ids.ts createId()",
      ". ids.createId produced passes src/ids.ts createId()",
    ]);
  });
});

function surface(manifest: object | undefined, mode: Mode, more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "userpage-surface-"));
  made.push(folder);
  const files = {
    ...sources,
    ...more,
    ...(manifest === undefined ? {} : { "package.json": JSON.stringify(manifest) }),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const migration = { base: undefined, brand: "Id", mode, sources: ["src/ids.ts#createId"], sinks: [], releases: [] };
  const { report } = measure({ project: ".", workingDirectory: folder, migration, verify: "no" });
  return report.surface.map(({ entry, export: name, change, breaks, position }) =>
    [entry, name, change, breaks ? "breaks" : "passes", position].join(" "),
  );
}
