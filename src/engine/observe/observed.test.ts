import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replaceBlock } from "../../report/marked-block.ts";
import type { FlowEdge } from "../graph/graph.ts";
import type { Migration } from "../migration.ts";
import { solve } from "../solver/solve.ts";
import { type Comparison, compare } from "./compare.ts";
import { type InstrumentedCopy, instrumentedCopy } from "./instrumented-copy.ts";
import { readParts } from "./part.ts";
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
}, 600_000);

afterAll(() => rmSync(copy.root, { recursive: true, force: true }));

// What is pinned, and nothing branded by decision: only that can be seen at run time.
function question(): Migration {
  const config: Pick<Migration, "base" | "brand" | "sources"> & {
    readonly releases: Readonly<Record<string, string>>;
  } = JSON.parse(readFileSync(join(model, "userpage.config.json"), "utf8"));
  const { base, brand, sources } = config;
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  return { base, brand, sources, mode: "distinct", sinks: [], releases };
}

test("the model's own tests pass on the instrumented copy", () => {
  expect(run.passed, run.output).toBe(true);
});

test("no pinned page travels where the engine finds no flow", () => {
  expect(comparison.unfound).toEqual([]);
});

test("no pinned page goes from one position to another where the engine finds no such flow", () => {
  expect(comparison.flows.unfound).toEqual([]);
});

test("no plain page arrives where the engine says that only pinned ones do", () => {
  expect(comparison.unexpected).toEqual([]);
});

test("every flow that is found but never taken is known, with the reason", () => {
  const reviewed = unobserved.flatMap(({ flows }) => flows);
  const { untaken } = comparison.flows;
  const missing = untaken.filter((flow) => !reviewed.includes(flow));
  const stale = reviewed.filter((flow) => !untaken.includes(flow));
  expect(missing, `add to src/engine/observe/unobserved.ts:\n${entriesToPaste(missing)}`).toEqual([]);
  expect(stale, "taken by now, or no longer found: take them out of src/engine/observe/unobserved.ts").toEqual([]);
});

test("without the flows that are never taken, the engine finds nothing that was never seen", () => {
  const untaken = new Set(comparison.flows.untaken);
  expect(answerWithout(({ from, to }) => untaken.has(`${from} -> ${to}`)).unobserved).toEqual([]);
});

test("an engine without one of its constructs is found out", () => {
  const constructs = ["call-argument", "assignment", "inference", "return", "property"];
  const without = (construct: string) => answerWithout((edge) => edge.construct === construct).unfound;
  expect(constructs.filter((construct) => without(construct).length === 0)).toEqual([]);
});

function answerWithout(isLeftOut: (edge: FlowEdge) => boolean): Comparison {
  const { graph, question: asked } = copy.collected;
  const less = { ...graph, edges: graph.edges.filter((edge) => !isLeftOut(edge)) };
  return compare({ ...copy, solution: solve(less, asked) }, run.sightings);
}

// UPDATE_DOCS=1 writes it instead of comparing it.
test("docs/observed.md shows what was seen", () => {
  const before = readFileSync(document, "utf8");
  const after = replaceBlock(
    before,
    "observed",
    summary(comparison, copy.collected.graph, unobserved, readParts(model)),
  );
  if (process.env.UPDATE_DOCS === "1") writeFileSync(document, after);
  else expect(before).toBe(after);
});
