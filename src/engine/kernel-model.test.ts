import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyChanges, byFile, type Edit } from "./edit.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration } from "./migration.ts";

const repository = resolve(import.meta.dirname, "../..");
const model = join(repository, "src/kernel");

interface ModelConfig {
  readonly base: string;
  readonly brand: string;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: Readonly<Record<string, string>>;
}

function migrationOf(configFile: string): Migration {
  const config = JSON.parse(readFileSync(join(model, configFile), "utf8")) as ModelConfig;
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  return { ...config, mode: "distinct", releases };
}

function measureIn(folder: string, migration: Migration, verify: "no" | "sufficient" | "necessary"): Measurement {
  return measure({ project: "tsconfig.json", workingDirectory: folder, verify, migration });
}

let copy = "";
let main: Measurement;
let edits: readonly Edit[] = [];

beforeAll(() => {
  main = measureIn(model, migrationOf("userpage.config.json"), "necessary");
  edits = [...main.report.edits, ...main.report.conversions];
  copy = copyModel();
  for (const [file, changes] of byFile(edits)) write(file, applyChanges(main.sources.get(file) ?? "", changes));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function copyModel(): string {
  const folder = mkdtempSync(join(tmpdir(), "userpage-model-"));
  cpSync(model, folder, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

function write(file: string, text: string): void {
  writeFileSync(join(copy, file), text);
}

function compile(folder: string): string {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
}

test("the compiler accepts the edits of the main question, and complains when any one of them is undone", () => {
  expect(main.report.verdict?.newDiagnostics).toEqual([]);
  expect(main.report.verdict?.necessity?.unnoticed).toEqual([]);
  expect(main.report.verdict?.necessity?.checked).toBe(edits.filter((edit) => edit.position !== null).length);
});

test("another compiler accepts the edited copy too", () => {
  expect(compile(copy)).toBe("");
});

test("the model's own tests pass on the edited copy", () => {
  const config = join(copy, "vitest.config.mjs");
  writeFileSync(config, 'export default { test: { include: ["**/*.test.ts"], testTimeout: 60000 } };\n');
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--root", copy, "--config", config], { encoding: "utf8" });
  expect(run.stdout + run.stderr).toMatch(/Tests\s.*\d+ passed/);
  expect(run.status).toBe(0);
});

function releases(): readonly Edit[] {
  return main.report.conversions.filter(({ text }) => text === "put_user_page");
}

test("the releases that become put_user_page() include those of the completion", () => {
  const files = releases().map(({ file }) => file);
  expect(files).toContain("block/bio.ts");
  expect(files).toContain("fs/direct-io-complete.ts");
});

test("in the edited model no put_user_page() can be replaced by put_page()", () => {
  const accepted = releases().filter((conversion) => {
    const original = main.sources.get(conversion.file) ?? "";
    const others = edits.filter((edit) => edit.file === conversion.file && edit !== conversion);
    write(conversion.file, withImport(applyChanges(original, others), "put_page"));
    const wrongArgument = compile(copy).includes("error TS2345");
    write(conversion.file, applyChanges(original, [...others, conversion]));
    return !wrongArgument;
  });
  expect(accepted).toEqual([]);
});

test("in the unedited model every one of these releases can be either, and the compiler says nothing", () => {
  const plain = copyModel();
  for (const [file, conversions] of byFile(releases())) {
    const text = applyChanges(main.sources.get(file) ?? "", conversions);
    writeFileSync(join(plain, file), withImport(text, "put_user_page"));
  }
  const unused = /TS6133|TS6192/;
  const complaints = compile(plain)
    .split("\n")
    .filter((line) => line.includes("error") && !unused.test(line));
  rmSync(plain, { recursive: true });
  expect(complaints).toEqual([]);
});

/** The text with an import of a release that it may have lost or never had. */
function withImport(text: string, name: string): string {
  const isThere = new RegExp(`import \\{[^}]*\\b${name}\\b|export function ${name}\\b`).test(text);
  if (isThere) return text;
  const [, up = "../"] = /from "((?:\.\.\/)+)include\//.exec(text) ?? [];
  return `import { ${name} } from "${up}mm/swap.ts";\n${text}`;
}

test("with nothing branded but what is pinned, the edits compile and no release on the IO path can be told apart", () => {
  const { report } = measureIn(model, migrationOf("strict.config.json"), "sufficient");
  expect(report.verdict?.newDiagnostics).toEqual([]);
  const converted = report.conversions.map(({ file }) => file);
  expect(converted.filter((file) => file.startsWith("fs/") || file.startsWith("block/"))).toEqual([]);
  const unclear = report.obstacles.filter(({ kind }) => kind === "mixed-release").map(({ file }) => file);
  expect(new Set(unclear)).toEqual(
    new Set([
      "block/bio.ts",
      "fs/direct-io-complete.ts",
      "fs/direct-io-pages.ts",
      "fs/direct-io-submit.ts",
      "fs/direct-io.ts",
      "lib/iov_iter.ts",
    ]),
  );
});
