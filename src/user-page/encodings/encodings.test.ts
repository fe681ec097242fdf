import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replaceBlock } from "../../report/marked-block.ts";
import { encodings, signatures } from "../fixtures/columns.ts";
import { compile, compilerVersion, compileWith, repository } from "../fixtures/compile.ts";
import { mistakes } from "../fixtures/mistakes.ts";
import { falseAlarms, secondPuts } from "../fixtures/second-puts.ts";
import { probesOf, tabulate } from "../fixtures/tabulate.ts";
import * as distinctPhantomClass from "./distinct-phantom-class.ts";
import * as negativeBrand from "./negative-brand.ts";
import * as subtypeBrand from "./subtype-brand.ts";
import * as uniqueSymbolBrand from "./unique-symbol-brand.ts";

const tables = [
  { block: "encodings", heading: "mistake", columns: encodings, rows: mistakes },
  { block: "second-put", heading: "mistake", columns: signatures, rows: secondPuts },
  { block: "false-alarms", heading: "right use", columns: signatures, rows: falseAlarms },
];

// UPDATE_DOCS=1 writes the tables instead of comparing them.
test.each(tables)("docs/encodings.md shows what the compiler says: $block", ({ block, heading, columns, rows }) => {
  const path = join(repository, "docs/encodings.md");
  const document = readFileSync(path, "utf8");
  const generated = replaceBlock(document, block, tabulate(heading, columns, rows));
  if (process.env.UPDATE_DOCS === "1") writeFileSync(path, generated);
  else expect(document).toBe(generated);
});

test.each(tables)("beside each mistake stands a right use that compiles: $block", ({ columns, rows }) => {
  const probes = probesOf(columns, rows);
  expect(compile(probes).filter(({ file }) => file.endsWith("-right.ts"))).toEqual([]);
});

test.each(tables.flatMap((table) => ["typescript-5", "typescript"].map((compiler) => ({ ...table, compiler }))))(
  "$compiler stops the same mistakes: $block",
  ({ compiler, columns, rows }) => {
    const probes = probesOf(columns, rows);
    const stopped = (complaints: ReturnType<typeof compile>) => [...new Set(complaints.map(({ file }) => file))].sort();
    expect(stopped(compileWith(compiler, probes))).toEqual(stopped(compile(probes)));
  },
);

test("the encodings differ in types alone: pinning returns the same object, and putting it works on that object", () => {
  for (const { kernel } of [subtypeBrand, negativeBrand, uniqueSymbolBrand]) {
    expect(kernel).toBe(distinctPhantomClass.kernel);
  }
  const page = negativeBrand.kernel.createPage(1);
  const userPage = negativeBrand.kernel.pin(page);
  expect(userPage).toBe(page);
  negativeBrand.kernel.put_user_page(userPage);
  expect(page._refcount).toBe(1);
});

test("docs/encodings.md names the compiler that made its tables", () => {
  const document = readFileSync(join(repository, "docs/encodings.md"), "utf8");
  expect(document).toContain(`with TypeScript ${compilerVersion} and shows`);
});
