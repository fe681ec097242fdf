import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replaceBlock } from "../../report/marked-block.ts";
import type { Migration } from "../migration.ts";
import { solve } from "../solve.ts";
import { type Comparison, compare } from "./compare.ts";
import { type InstrumentedCopy, instrumentedCopy } from "./instrumented-copy.ts";
import { entriesToPaste, summary } from "./render.ts";
import { runScenarios, type ScenarioRun } from "./run-scenarios.ts";
import { unobserved } from "./unobserved.ts";

const repository = resolve(import.meta.dirname, "../../..");
const model = join(repository, "src/kernel");
const document = join(repository, "docs/observed.md");

let copy: InstrumentedCopy;
let run: ScenarioRun;
let comparison: Comparison;

beforeAll(() => {
  copy = instrumentedCopy(repository, "src/kernel", ["bench/interleavings"], question());
  run = runScenarios(copy.folder, repository);
  comparison = compare(copy, run.sightings);
});

afterAll(() => rmSync(copy.root, { recursive: true, force: true }));

// What is pinned, and nothing branded by decision: only that can be seen at run time.
function question(): Migration {
  const config: Pick<Migration, "base" | "brand" | "sources"> & {
    readonly releases: Readonly<Record<string, string>>;
  } = JSON.parse(readFileSync(join(model, "userpage.config.json"), "utf8"));
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  return { ...config, mode: "distinct", sinks: [], releases };
}

test("the model's own tests pass on the instrumented copy", () => {
  expect(run.passed, run.output).toBe(true);
});

test("no pinned page travels where the engine finds no flow", () => {
  expect(comparison.unfound).toEqual([]);
});

test("no plain page arrives where the engine says that only pinned ones do", () => {
  expect(comparison.unexpected).toEqual([]);
});

test("every flow that is found but never observed is known, with the reason", () => {
  const reviewed = unobserved.flatMap(({ positions }) => positions);
  const missing = comparison.unobserved.filter((position) => !reviewed.includes(position));
  const ids: readonly string[] = comparison.unobserved;
  const stale = reviewed.filter((position) => !ids.includes(position));
  expect(missing, `add to src/engine/observe/unobserved.ts:\n${entriesToPaste(missing)}`).toEqual([]);
  expect(stale, "observed by now, or no longer found: take them out of src/engine/observe/unobserved.ts").toEqual([]);
});

test("an engine without one of its constructs is found out", () => {
  const { graph, question: asked } = copy.collected;
  const without = (construct: string) => {
    const edges = graph.edges.filter((edge) => edge.construct !== construct);
    return compare({ ...copy, solution: solve({ ...graph, edges }, asked) }, run.sightings).unfound.length;
  };
  const blind = ["call-argument", "assignment", "inference", "return", "property"].filter(
    (construct) => without(construct) === 0,
  );
  expect(blind).toEqual([]);
});

// UPDATE_DOCS=1 writes it instead of comparing it.
test("docs/observed.md shows what was seen", () => {
  const before = readFileSync(document, "utf8");
  const after = replaceBlock(before, "observed", summary(comparison, copy.collected.graph, unobserved));
  if (process.env.UPDATE_DOCS === "1") writeFileSync(document, after);
  else expect(before).toBe(after);
});
