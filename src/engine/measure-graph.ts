import { type Change, changesOf, type Solved } from "./answer/changes.ts";
import { type ChangedLines, countChurn } from "./answer/churn.ts";
import { type Enforced, findObstacles } from "./answer/find-obstacles.ts";
import { reportPositions } from "./answer/report-positions.ts";
import { startClock } from "./clock.ts";
import type { FlowEdge, PositionId } from "./graph/graph.ts";
import type { AskedGraph } from "./graph/graph-document.ts";
import type { Measurement } from "./measure.ts";
import { adjacency, solve } from "./solver/solve.ts";
import { tool } from "./tool.ts";

/**
 * The solver's answer to a graph of any language: labels, hops, obstacles, and how many edits of which kind; no texts,
 * and no compiler to judge them.
 *
 * @param name what the graph is called in the report
 */
export function measureGraph(asked: AskedGraph, name: string): Measurement {
  const clock = startClock(() => {});
  const solution = clock.time("solve", () => solve(asked.graph, asked.question));
  const solved: Solved = { ...asked, solution };
  const changes = clock.time("plan", () => changesOf(solved));
  const files = new Set([...asked.graph.positions.values()].map(({ site }) => site.file));
  return {
    report: {
      schemaVersion: 1,
      tool: tool(),
      compiler: null,
      project: name,
      migration: asked.migration,
      positions: reportPositions(asked.graph, solution),
      edits: [],
      conversions: [],
      obstacles: findObstacles(solved, mixedReleases(solved), withEnforcement(solved, changes)),
      learned: [],
      alternatives: asked.question.alternatives ?? [],
      surface: [],
      churn: countChurn(solved, changes, touchedLines(changes)),
      parts: [],
      verdict: null,
      timings: clock.timings(),
    },
    sources: new Map(),
    solved,
    mixedReleases: mixedReleases(solved),
    files: [...files],
  };
}

// Without texts, a line with an edit is one that goes and one that comes.
function touchedLines(changes: readonly Change[]): ChangedLines {
  const { size } = new Set(changes.map(({ file, line }) => `${file}:${line}`));
  return { added: size, removed: size };
}

function mixedReleases({ solution }: Solved): readonly FlowEdge[] {
  return solution.releases.filter(({ from }) => solution.labels.get(from) === "mixed");
}

function withEnforcement(solved: Solved, changes: readonly Change[]): readonly Enforced[] {
  const checked = checkedPositions(solved);
  return changes.map(({ position, kind }) => {
    const isAnnotation = kind === "annotation" || kind === "union";
    return { position, kind, enforced: !isAnnotation || position === null || checked.has(position) };
  });
}

// A position alone in keeping its type is noticed where an enforced flow joins it to another that changed: in subtype
// mode one that it gives to, since a branded value passes as the base.
function checkedPositions({ migration, graph, solution }: Solved): ReadonlySet<PositionId> {
  const { outOf } = adjacency(graph.edges.filter(({ enforced }) => enforced));
  const checked = new Set<PositionId>();
  for (const [from, edges] of outOf) {
    for (const { to } of edges) {
      if (!solution.labels.has(from) || !solution.labels.has(to)) continue;
      checked.add(from);
      if (migration.mode === "distinct") checked.add(to);
    }
  }
  return checked;
}
