import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { attempt, type Judgement } from "./attempt.ts";
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
  const { loaded, collected, solution, planned, judgement, learned } = attempt(request, clock);
  const edits = judged(planned.edits, judgement);
  const conversions = judged(planned.conversions, judgement);
  const all = [...edits, ...conversions];
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
    conversions,
    obstacles: findObstacles(collected.graph, solution, planned.mixedReleases, all),
    learned,
    churn: countChurn(collected.graph, solution, all, sources),
    verdict: verdictOf(judgement),
    timings: clock.timings(),
  };
  return { report, sources };
}

// Where every edit was undone alone, the compiler has the last word on what it enforces.
function judged(edits: readonly Edit[], judgement: Judgement | null): readonly Edit[] {
  const necessity = judgement?.necessity ?? { checked: [], unnoticed: [] };
  return edits.map((edit) => {
    const isSame = (other: Edit) => other.file === edit.file && other.start === edit.start && other.end === edit.end;
    if (!necessity.checked.some(isSame)) return edit;
    const enforced = !necessity.unnoticed.some(isSame);
    return { ...edit, enforced, class: edit.class === "boundary" ? "boundary" : enforced ? "forced" : "flow" };
  });
}

function verdictOf(judgement: Judgement | null): Verdict | null {
  if (judgement === null) return null;
  const { verdict, necessity } = judgement;
  if (necessity === null) return { ...verdict, necessity };
  const unnoticed = necessity.unnoticed.flatMap(({ position }) => position ?? []);
  return { ...verdict, necessity: { checked: necessity.checked.length, unnoticed } };
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
