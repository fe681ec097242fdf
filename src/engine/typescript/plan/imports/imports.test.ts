import { afterAll, expect, test } from "vitest";
import { cleanUp, tsconfigWith } from "../../../fixtures/fixture.ts";
import { type Files, rewrite } from "../../../fixtures/rewrite.ts";

afterAll(cleanUp);

const bundled = tsconfigWith({ module: "esnext", moduleResolution: "bundler", paths: { "@/*": ["./src/*"] } });
const ids = "export interface Id { readonly text: string }\nexport declare function createId(): Id;\n";
const question = { sources: ["src/ids.ts#createId"], sinks: ["src/use.ts#load(id)"] };

// The file that uses the brand, after the edits.
function useAfter(use: string, more: Files = {}): string {
  const { files, complaints } = rewrite(
    { "tsconfig.json": bundled, "src/ids.ts": ids, "src/use.ts": use, ...more },
    question,
  );
  expect(complaints).toEqual([]);
  return files["src/use.ts"] ?? "";
}

test("the brand joins the declaration that brings the base, in its quotes and spaces", () => {
  const use = "import {createId, type Id} from './ids'\nexport function load(id: Id) { return id }\nload(createId())\n";
  expect(useAfter(use)).toContain("import {createId, type UserId} from './ids'\n");
});

test("a list in lines keeps its lines, and an import of types alone stays one", () => {
  const use =
    'import type {\n\tId,\n} from "./ids";\nexport function load(id: Id, other: Id[]) { return [id, other]; }\n';
  const caller = 'import { createId } from "./ids";\nimport { load } from "./use";\nload(createId(), []);\n';
  expect(useAfter(use, { "src/caller.ts": caller })).toContain("import type {\n\tId,\n\tUserId,\n} from");
});

test("a comment behind an import stays there", () => {
  const use =
    'import { createId, type Id } from "./ids";\nexport function load(id: Id) { return id; }\nload(createId());\n';
  const caller = 'import { load } from "./use"; // loads\nload({ text: "" });\n';
  const { files } = rewrite(
    { "tsconfig.json": bundled, "src/ids.ts": ids, "src/use.ts": use, "src/caller.ts": caller },
    question,
  );
  expect(files["src/caller.ts"]).toContain(
    'import { load } from "./use"; // loads\nimport type { UserId } from "./ids";\n',
  );
});

test("the brand comes through the barrel that gives the base, which hands it on", () => {
  const use =
    'import { createId, type Id } from "./index";\nexport function load(id: Id) { return id; }\nload(createId());\n';
  const index = 'export { createId, type Id } from "./ids";\n';
  const { files } = rewrite(
    { "tsconfig.json": bundled, "src/ids.ts": ids, "src/index.ts": index, "src/use.ts": use },
    question,
  );
  expect(files["src/use.ts"]).toContain('import { createId, type UserId } from "./index";');
  expect(files["src/index.ts"]).toBe('export { createId, type Id, type UserId } from "./ids";\n');
});

test("a module that is imported as a whole gives the brand as its member", () => {
  const use =
    'import * as ids from "./ids";\nexport function load(id: ids.Id) { return id; }\nload(ids.createId());\nload({ text: "" });\n';
  const after = useAfter(use);
  expect(after).toContain("load(id: ids.UserId)");
  expect(after).toContain('load({ text: "" } as ids.UserId);');
  expect(after).not.toContain("import type");
});

test("a new import follows the file's alias, and stands below the licence and above the comment of what follows", () => {
  const use =
    'import { createId, type Id } from "@/ids";\nexport function load(id: Id) { return id; }\nload(createId());\n';
  const mint =
    '#!/usr/bin/env node\n// Copyright somebody\n\n/** Loads. */\nexport const loaded = (await import("@/use")).load({ text: "" });\n';
  const { files } = rewrite(
    { "tsconfig.json": bundled, "src/ids.ts": ids, "src/use.ts": use, "src/mint.ts": mint },
    question,
  );
  expect(files["src/mint.ts"]).toMatch(
    /^#!.*\n\/\/ Copyright somebody\n\nimport type \{ UserId \} from ".*ids";\n\n\/\*\* Loads/,
  );
});

const composite = { composite: true, strict: true, types: [], module: "esnext", moduleResolution: "bundler" };
const workspace = {
  "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "core" }, { path: "web" }] }),
  "core/tsconfig.json": JSON.stringify({ compilerOptions: composite, include: ["src"] }),
  "core/src/ids.ts": "export interface Account { id: string }\nexport const createId = (): string => 'x';\n",
  "core/src/index.ts": "export * from './ids'\nexport * from './again'\n",
  "core/src/again.ts": "export * from './index'\n",
  "web/tsconfig.json": JSON.stringify({
    compilerOptions: { ...composite, paths: { "@acme/core": ["../core/src/index.ts"] } },
    include: ["src"],
    references: [{ path: "../core" }],
  }),
};
const subject = "export function load(id: string): Account { return { id } }\nload(createId())\n";

test("the brand of a primitive comes through the barrel of another package that gives everything, by the package's name", () => {
  const use = `import { createId, type Account } from '@acme/core'\n${subject}`;
  const { files, complaints } = rewrite({ ...workspace, "web/src/use.ts": use }, { sources: ["ids.ts#createId"] });
  expect(complaints).toEqual([]);
  expect(files["web/src/use.ts"]).toBe(
    `import { createId, type Account, type UserId } from '@acme/core'\n${subject.replace("string", "UserId")}`,
  );
});

test("a barrel that is imported as a whole gives the brand of a primitive as its member", () => {
  const use = "import * as core from '@acme/core'\nexport const load = (id: string) => id\nload(core.createId())\n";
  const { files, complaints } = rewrite({ ...workspace, "web/src/use.ts": use }, { sources: ["ids.ts#createId"] });
  expect(complaints).toEqual([]);
  expect(files["web/src/use.ts"]).toBe(use.replace("string", "core.UserId"));
});

test("a name that only members still have is imported no more", () => {
  const use = `import { createId, type Id } from "./ids";
import * as ids from "./ids";
interface Row { Id: number }
class Cell { Id = 1; show(): number { return this.Id; } }
export const row: Row = { Id: 2 };
export const { Id: first } = row;
export type Sizes = [Id: number, other: number];
export const cell: Cell = { Id: row.Id, show: () => first };
export function load(id: Id) { return id; }
export const plain = (id: ids.Id): import("./ids").Id => id;
export type { Row as Id };
export { createId as make } from "./ids";
load(createId());
`;
  expect(useAfter(use)).toMatch(/^import \{ createId, type UserId \} from "\.\/ids";\n/);
});

test("a name that is handed on in a list of exports or put into an object stays imported", () => {
  const ids =
    "export class Id { constructor(readonly text: string) {} }\nexport const createId = (): Id => new Id('1');\n";
  const before = "export function load(id: Id) { return id; }\nload(createId());\n";
  for (const last of ["export { Id };\n", "export { Id as Key };\n", "export const classes = { Id };\n"]) {
    const use = `import { createId, Id } from "./ids";\n${before}${last}`;
    const after = useAfter(use, { "src/ids.ts": ids });
    expect(after).toMatch(/^import \{ createId, Id, type UserId \} from "\.\/ids";\n/);
    expect(after).toContain("load(id: UserId)");
  }
});

test("a default import that nothing uses any more goes: its declaration makes room for what is new, and its names stay", () => {
  const ids = {
    "src/id.ts": "export default interface Id { readonly text: string }\nexport type Key = keyof Id;\n",
    "src/ids.ts": 'import type Id from "./id";\nexport declare function createId(): Id;\n',
  };
  const calls = 'import { createId } from "./ids";\nload(createId());\n';
  const load = "export function load(id: Id) { return id; }\n";
  expect(useAfter(`import type Id from "./id";\n${calls}${load}`, ids)).toMatch(
    /^import type \{ UserId \} from "\.\/id";\nimport \{ createId \}/,
  );
  expect(useAfter(`import Id, { type Key } from "./id";\n${calls}${load}export type { Key };\n`, ids)).toMatch(
    /^import \{ type Key, type UserId \} from "\.\/id";\n/,
  );
  expect(useAfter(`import Id, * as all from "./id";\n${calls}${load}export type Key = all.Key;\n`, ids)).toMatch(
    /^import \* as all from "\.\/id";\n/,
  );
  expect(useAfter(`import type Id from "./id";\n${calls}${load}export type Plain = Id;\n`, ids)).toMatch(
    /^import type Id from "\.\/id";\n/,
  );
});
