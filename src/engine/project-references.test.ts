import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { whyNotReached } from "./answer/unreached.ts";
import { applyChanges, byFile } from "./edit.ts";
import { positionIdOf } from "./graph/graph.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration } from "./migration.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

const json = (value: unknown) => JSON.stringify(value);
const options = { strict: true, types: [], module: "esnext", moduleResolution: "bundler" };

// A project of a solution, in `folder/src`, which references others by their folders.
function project(folder: string, references: readonly string[], sources: Files): Files {
  const config = {
    compilerOptions: { ...options, composite: true, outDir: "dist", rootDir: "src" },
    include: ["src"],
    references: references.map((each) => ({ path: `../${each}` })),
  };
  const texts = Object.entries(sources).map(([file, text]) => [`${folder}/src/${file}`, text]);
  return { [`${folder}/tsconfig.json`]: json(config), ...Object.fromEntries(texts) };
}

function solution(...projects: readonly Files[]): Files {
  const all = Object.assign({}, ...projects) as Files;
  const references = Object.keys(all).filter((file) => file.endsWith("/tsconfig.json"));
  return { "tsconfig.json": json({ files: [], references: references.map((path) => ({ path })) }), ...all };
}

function ask(files: Files, question: Partial<Migration>): Measurement {
  const folder = mkdtempSync(join(tmpdir(), "userpage-references-"));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const asked = { base: undefined, brand: "OrderId", sinks: [], releases: [], sources: [], ...question };
  const migration: Migration = { mode: "subtype", ...asked };
  return measure({ project: "tsconfig.json", workingDirectory: folder, verify: "sufficient", migration });
}

function edited({ report, sources }: Measurement, file: string): string {
  const changes = byFile([...report.edits, ...report.conversions]).get(file) ?? [];
  return applyChanges(sources.get(file) ?? "", changes);
}

function obstacles({ report }: Measurement): readonly string[] {
  return report.obstacles.map(({ kind, file, line, message }) => `${kind} ${file}:${line} ${message.split(":")[0]}`);
}

const log =
  "export interface Entry { subject: string }\nexport function write(entry: Entry): string {\n  return entry.subject;\n}\n";
const orders = `import { type Entry, write } from "../../log/src/log";
export const createId = (): string => "1";
export interface Order { id: string }
const order: Order = { id: createId() };
const entry: Entry = { subject: order.id };
export const written = write(entry);
`;
const upward = solution(project("log", [], { "log.ts": log }), project("orders", ["log"], { "orders.ts": orders }));

test("a project that does not reference the brand's keeps its types, and the report says where the brand ends", () => {
  const found = ask(upward, { sources: ["orders/src/orders.ts#createId"] });
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect([...found.sources.keys()]).toEqual(["orders/src/orders.ts"]);
  expect(edited(found, "orders/src/orders.ts")).toContain("interface Order { id: OrderId }");
  expect(obstacles(found)).toContain("unreferenced orders/src/orders.ts:5 property into log/src/log.ts Entry#subject");
});

test("a brand that does not pass as the base is cast where it goes into such a project", () => {
  const found = ask(upward, { sources: ["orders/src/orders.ts#createId"], mode: "distinct" });
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect([...found.sources.keys()]).toEqual(["orders/src/orders.ts"]);
  expect(edited(found, "orders/src/orders.ts")).toContain("subject: order.id as unknown as string");
});

test("a class that fills in what such a project declares keeps its type there", () => {
  const filling = `import type { Entry } from "../../log/src/log";
export const createId = (): string => "1";
export class OrderEntry implements Entry {
  readonly subject: string;
  constructor(readonly id: string) {
    this.subject = id;
  }
}
export const entry = new OrderEntry(createId());
`;
  const files = solution(project("log", [], { "log.ts": log }), project("orders", ["log"], { "orders.ts": filling }));
  const found = ask(files, { sources: ["orders/src/orders.ts#createId"], mode: "distinct" });
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "orders/src/orders.ts")).toContain("readonly subject: string;");
  expect(edited(found, "orders/src/orders.ts")).toContain("this.subject = id as unknown as string;");
});

test("a project that references the brand's, directly or over another, gets it", () => {
  const ids = 'export const createId = (): string => "1";\n';
  const orders =
    'import { createId } from "../../ids/src/ids";\nexport const order: { id: string } = { id: createId() };\n';
  const shop = 'import { order } from "../../orders/src/orders";\nexport const shown: string = order.id;\n';
  const found = ask(
    solution(
      project("ids", [], { "ids.ts": ids }),
      project("orders", ["ids"], { "orders.ts": orders }),
      project("shop", ["orders"], { "shop.ts": shop }),
    ),
    { sources: ["ids/src/ids.ts#createId"] },
  );
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "orders/src/orders.ts")).toContain("order: { id: OrderId }");
  expect(edited(found, "shop/src/shop.ts")).toContain("shown: OrderId");
});

const named = "export interface Named { name: string }\n";
const left = `import type { Named } from "../../core/src/core";
export const createId = (): string => "1";
export const one: Named = { name: createId() };
`;
const right = "export interface Label { text: string }\nexport const show = (label: Label): string => label.text;\n";
const top = `import { createId } from "../../left/src/left";
import { show } from "../../right/src/right";
export const id: string = createId();
show({ text: id });
`;

test("of a diamond the brand's side and the top get it, the bottom and the other side do not", () => {
  const files = solution(
    project("core", [], { "core.ts": named }),
    project("left", ["core"], { "left.ts": left }),
    project("right", ["core"], { "right.ts": right }),
    project("top", ["left", "right"], { "top.ts": top }),
  );
  for (const mode of ["subtype", "distinct"] as const) {
    const found = ask(files, { sources: ["left/src/left.ts#createId"], mode });
    expect(found.report.verdict?.newDiagnostics).toEqual([]);
    expect([...found.sources.keys()].sort()).toEqual(["left/src/left.ts", "top/src/top.ts"]);
    expect(edited(found, "top/src/top.ts")).toContain("id: OrderId");
    expect(obstacles(found).filter((each) => each.startsWith("unreferenced"))).toEqual([
      "unreferenced left/src/left.ts:3 property into core/src/core.ts Named#name",
      "unreferenced top/src/top.ts:4 property into right/src/right.ts Label#text",
    ]);
  }
});

test("a source in a project that cannot import the brand is refused, with the mend", () => {
  const files = { ...upward, "orders/src/id.ts": "export type OrderId = string & { readonly id: unique symbol };\n" };
  const question = { sources: ["log/src/log.ts#write"], brand: "orders/src/id.ts#OrderId" };
  expect(() => ask(files, question)).toThrow(
    "write: its project does not reference the one where orders/src/id.ts#OrderId stands",
  );
});

test("folders of one program import as they like, by the aliases they use", () => {
  const paths = { "@log/*": ["./log/src/*"], "@orders/*": ["./orders/src/*"] };
  const found = ask(
    {
      "tsconfig.json": json({ compilerOptions: { ...options, noEmit: true, paths }, include: ["log", "orders"] }),
      "log/src/log.ts": log,
      "orders/src/orders.ts": orders.replace("../../log/src/log", "@log/log"),
    },
    { sources: ["orders/src/orders.ts#createId"] },
  );
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "log/src/log.ts")).toContain("interface Entry { subject: OrderId }");
  expect(obstacles(found).filter((each) => each.startsWith("unreferenced"))).toEqual([]);
});

test("a solution whose projects are not composite imports as it likes", () => {
  const loose = (references: readonly string[]) =>
    json({
      compilerOptions: { ...options, noEmit: true },
      include: ["src"],
      references: references.map((path) => ({ path })),
    });
  const found = ask(
    { ...upward, "log/tsconfig.json": loose([]), "orders/tsconfig.json": loose(["../log"]) },
    { sources: ["orders/src/orders.ts#createId"] },
  );
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "log/src/log.ts")).toContain("interface Entry { subject: OrderId }");
});

test("asked why the brand is not there, the answer names the missing reference", () => {
  const { solved } = ask(upward, { sources: ["orders/src/orders.ts#createId"] });
  expect(whyNotReached(solved, positionIdOf("log/src/log.ts Entry#subject"))).toContain(
    "declared in a project that does not reference the brand's",
  );
});
