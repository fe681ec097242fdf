import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyChanges, byFile, type Edit } from "./edit.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration, Mode, Strategy } from "./migration.ts";
import { strategies } from "./strategies.ts";

const repository = resolve(import.meta.dirname, "../..");
const model = join(repository, "src/kernel");

interface ModelConfig {
  readonly project: string;
  readonly base: string;
  readonly brand: string;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: Readonly<Record<string, string>>;
  readonly parts?: readonly string[];
}

const whole = configIn("userpage.config.json");
const directIo = configIn("direct-io.config.json");

function configIn(file: string): ModelConfig {
  return JSON.parse(readFileSync(join(model, file), "utf8")) as ModelConfig;
}

function measured(
  config: ModelConfig,
  verify: "sufficient" | "necessary",
  project = config.project,
  more: Pick<Migration, "strategy" | "flag"> = {},
): Measurement {
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  const { base, brand, sources, sinks } = config;
  const migration: Migration = { base, brand, sources, sinks, releases, mode: "distinct", ...more };
  return measure({ project, workingDirectory: model, verify, migration, isPart: project !== config.project });
}

const workshop = mkdtempSync(join(tmpdir(), "userpage-model-"));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

/** A copy of the model with these edits applied. */
function copyModel(name: string, { report, sources }: Measurement, edits = editsOf(report)): string {
  const folder = join(workshop, name);
  cpSync(model, folder, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [file, changes] of byFile(edits)) {
    writeFileSync(join(folder, file), applyChanges(sources.get(file) ?? "", changes));
  }
  return folder;
}

function editsOf({ edits, conversions }: Measurement["report"]): readonly Edit[] {
  return [...edits, ...conversions];
}

function compile(project: string): string {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" }).stdout;
}

// What tells of wrong releases in the model as it is, and what needs files outside the model.
const unedited = ["**/detectors.test.ts", "**/interleaving.test.ts", "**/node_modules/**"];

/** Runs these test files of the workshop; what failed, in the runner's words. */
function runTests(include: readonly string[]): string {
  const config = join(workshop, "vitest.config.mjs");
  const options = { include, exclude: unedited, testTimeout: 120_000, hookTimeout: 120_000 };
  writeFileSync(config, `export default { test: ${JSON.stringify(options)} };\n`);
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--root", workshop, "--config", config];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout + stderr).toMatch(/Tests\s.*\d+ passed/);
  return status === 0 ? "" : stdout + stderr;
}

describe("the whole model", () => {
  let main: Measurement;
  beforeAll(() => {
    main = measured(whole, "sufficient");
    copyModel("whole", main);
  });

  test("compiles with the edits, as its own compiler and another one say", () => {
    expect(main.report.verdict?.newDiagnostics).toEqual([]);
    expect(compile(join(workshop, "whole"))).toBe("");
  });

  test("passes its own tests with the edits", () => {
    expect(runTests(["whole/**/*.test.ts"])).toBe("");
  });

  test("tells no release of what goes through a bio apart: there user pages and others meet", () => {
    const converted = main.report.conversions.map(({ file }) => file);
    expect(converted.filter((file) => file.startsWith("block/"))).toEqual([]);
    const unclear = new Set(
      main.report.obstacles.filter(({ kind }) => kind === "mixed-release").map(({ file }) => file),
    );
    expect([...unclear]).toEqual(expect.arrayContaining(["block/bio.ts", "fs/direct-io-complete.ts"]));
  });
});

describe("each path alone", () => {
  const parts = whole.parts ?? [];
  const answers = new Map<string, Measurement>();
  beforeAll(() => {
    for (const part of parts) {
      const answer = measured(whole, "sufficient", part);
      answers.set(part, answer);
      copyModel(basename(part, ".tsconfig.json"), answer);
    }
  });

  test("there is one for each path and control", () => {
    const there = readdirSync(join(model, "paths")).map((file) => `paths/${file}`);
    expect(parts).toEqual(there.sort());
  });

  test("compiles with the edits", () => {
    const rejected = parts.filter((part) => answers.get(part)?.report.verdict?.newDiagnostics.length !== 0);
    expect(rejected).toEqual([]);
  });

  test("passes its scenarios on the edited copy", () => {
    const own = parts.flatMap((part) => scenariosOf(part).map((file) => `${basename(part, ".tsconfig.json")}/${file}`));
    expect(parts.filter((part) => scenariosOf(part).length === 0)).toEqual([]);
    expect(runTests(own)).toBe("");
  });
});

/** The scenario tests whose stories use one of the part's own modules. */
function scenariosOf(part: string): readonly string[] {
  const { files } = JSON.parse(readFileSync(join(model, part), "utf8")) as { readonly files: readonly string[] };
  const own = new Set(files.map((file) => resolve(model, "paths", file)));
  const folder = join(model, "scenarios");
  // The random stories of each path are played on the edited whole.
  const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts") && file !== "alone.test.ts");
  const isTold = (story: string) => importsOf(story).some((file) => own.has(file));
  return tests
    .filter((file) => importsOf(join(folder, file)).some((story) => story.startsWith(folder) && isTold(story)))
    .map((file) => `scenarios/${file}`);
}

function importsOf(file: string): readonly string[] {
  const paths = readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)";/g);
  return [...paths].map(([, path = ""]) => resolve(file, "..", path));
}

describe("each strategy", () => {
  const names = (Object.keys(strategies) as readonly Strategy[]).filter((name) => {
    const { modes }: { readonly modes: readonly Mode[] } = strategies[name];
    return modes.includes("distinct") && name !== "mint-helper" && name !== "distinct";
  });
  const answers = new Map<string, Measurement>();
  beforeAll(() => {
    for (const name of names) {
      const answer = measured(whole, "sufficient", whole.project, {
        strategy: name,
        flag: "mm/pin_counting.ts#page_maybe_dma_pinned",
      });
      answers.set(name, answer);
      copyModel(name, answer);
    }
  });

  test("compiles", () => {
    expect(names.filter((name) => answers.get(name)?.report.verdict?.newDiagnostics.length !== 0)).toEqual([]);
  });

  test("passes the model's scenarios", () => {
    expect(runTests(names.map((name) => `${name}/scenarios/!(alone|random-io).test.ts`))).toBe("");
  });
});

describe("direct IO with its holders declared branded", () => {
  let main: Measurement;
  let edits: readonly Edit[] = [];
  let copy = "";
  let project = "";
  beforeAll(() => {
    main = measured(directIo, "necessary");
    edits = editsOf(main.report);
    copy = copyModel("direct-io", main);
    project = join(copy, directIo.project);
  });

  test("compiles with the edits, and not when any one of them is undone", () => {
    expect(main.report.verdict?.newDiagnostics).toEqual([]);
    expect(main.report.verdict?.necessity?.unnoticed).toEqual([]);
    expect(main.report.verdict?.necessity?.checked).toBe(edits.filter((edit) => edit.position !== null).length);
    expect(compile(project)).toBe("");
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
      writeFileSync(join(copy, conversion.file), withImport(applyChanges(original, others), "put_page"));
      const wrongArgument = compile(project).includes("error TS2345");
      writeFileSync(join(copy, conversion.file), applyChanges(original, [...others, conversion]));
      return !wrongArgument;
    });
    expect(accepted).toEqual([]);
  });

  test("in the unedited model every one of these releases can be either, and the compiler says nothing", () => {
    const plain = copyModel("plain", main, []);
    for (const [file, conversions] of byFile(releases())) {
      const text = applyChanges(main.sources.get(file) ?? "", conversions);
      writeFileSync(join(plain, file), withImport(text, "put_user_page"));
    }
    const unused = /TS6133|TS6192/;
    const complaints = compile(join(plain, directIo.project)).split("\n");
    expect(complaints.filter((line) => line.includes("error") && !unused.test(line))).toEqual([]);
  });
});

/** The text with an import of a release that it may have lost or never had. */
function withImport(text: string, name: string): string {
  const isThere = new RegExp(`import \\{[^}]*\\b${name}\\b|export function ${name}\\b`).test(text);
  if (isThere) return text;
  const [, up = "../"] = /from "((?:\.\.\/)+)include\//.exec(text) ?? [];
  return `import { ${name} } from "${up}mm/swap.ts";\n${text}`;
}
