import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { attempt } from "./attempt.ts";
import { countChurn } from "./churn.ts";
import { startClock } from "./clock.ts";
import type { Edit } from "./edit.ts";
import { findObstacles } from "./find-obstacles.ts";
import type { FlowGraph } from "./graph.ts";
import type { MeasureRequest } from "./question.ts";
import type { Report, ReportedPosition, Verdict } from "./report.ts";
import type { Solution } from "./solve.ts";
import { editedTexts } from "./typescript/plan/planner.ts";
import { compiler } from "./verify.ts";

/** What a run found, and the texts its edits apply to. */
export interface Measurement {
  readonly report: Report;
  /** The file as in the report, to its text before the edits. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * How far the brand goes: constraints, labels, edits, and the compiler's verdict on them.
 * @throws InputError when the project, a selector or a name is not what it has to be
 */
export function measure(request: MeasureRequest): Measurement {
  const clock = startClock();
  const { loaded, collected, solution, planned, verdict, learned } = attempt(request, clock);
  const edits = judged(planned.edits, verdict);
  const all = [...edits, ...planned.conversions];
  const texts = editedTexts(collected, all);
  const sources = new Map([...texts].map(([file, { before }]) => [file, before]));

  const report: Report = {
    schemaVersion: 1,
    tool: { name: "userpage", version: toolVersion() },
    compiler,
    project: relative(request.workingDirectory, loaded.configFile) || loaded.configFile,
    migration: { ...request.migration, base: request.migration.base ?? collected.base.name },
    positions: reportPositions(collected.graph, solution),
    edits,
    conversions: planned.conversions,
    obstacles: findObstacles(collected.graph, solution, planned.mixedReleases, all),
    learned,
    churn: countChurn(collected.graph, solution, all, sources),
    verdict,
    timings: clock.timings(),
  };
  return { report, sources };
}

// Where every edit was undone alone, the compiler has the last word on what it enforces.
function judged(edits: readonly Edit[], verdict: Verdict | null): readonly Edit[] {
  const unnoticed = new Set(verdict?.necessity?.unnoticed ?? []);
  return edits.map((edit) => {
    if (edit.position === null || !unnoticed.has(edit.position)) return edit;
    return { ...edit, enforced: false, class: edit.class === "forced" ? "flow" : edit.class };
  });
}

function reportPositions(graph: FlowGraph, solution: Solution): readonly ReportedPosition[] {
  return [...solution.demands.values()].flatMap(({ position, because, depth }) => {
    const found = graph.positions.get(position);
    if (found === undefined) return [];
    const { id, kind, annotation, site, test, owner } = found;
    const label = solution.labels.get(position) ?? "base";
    const cause =
      because === null
        ? null
        : {
            from: because.from,
            construct: because.edge.construct,
            file: because.edge.site.file,
            line: because.edge.site.line,
          };
    return [{ id, ...site, kind, annotation, label, depth, because: cause, test, owner: owner ?? null }];
  });
}

function toolVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
