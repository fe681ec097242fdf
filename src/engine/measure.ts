import { relative } from "node:path";
import type { Solved } from "./answer/changes.ts";
import { changedLines, countChurn } from "./answer/churn.ts";
import { findObstacles } from "./answer/find-obstacles.ts";
import type { Report, Verdict } from "./answer/report.ts";
import { reportPositions } from "./answer/report-positions.ts";
import { type Attempt, attempt, carryOut, type Judgement } from "./attempt.ts";
import { type Clock, startClock, type Watch } from "./clock.ts";
import type { Edit } from "./edit.ts";
import type { FlowEdge } from "./graph/graph.ts";
import type { AskedGraph } from "./graph/graph-document.ts";
import type { MeasureRequest } from "./question.ts";
import { tool } from "./tool.ts";
import { editedTexts } from "./typescript/plan/planner.ts";
import { surfaceOf } from "./typescript/surface/surface.ts";
import { compiler } from "./verify.ts";

/** What a run found, and the texts its edits apply to. */
export interface Measurement {
  readonly report: Report;
  /** The file as in the report, to its text before the edits. */
  readonly sources: ReadonlyMap<string, string>;
  readonly solved: Solved;
  /** Flows into calls of plain releases that stay so, because their argument may be of either kind. */
  readonly mixedReleases: readonly FlowEdge[];
  /** Every file that was read, as in the report. */
  readonly files: readonly string[];
}

/**
 * How far the brand goes: constraints, labels, edits, and the compiler's verdict on them.
 * @param watch is told of every phase as it begins
 * @throws InputError when the project, a selector or a name is not what it has to be
 */
export function measure(request: MeasureRequest, watch: Watch = () => {}): Measurement {
  return study(request, watch).measurement;
}

/** An answer, and the means to answer variations of its question without reading the project again. */
export interface Study {
  readonly measurement: Measurement;
  /** The same for another graph or question over the same positions. */
  answer(asked: AskedGraph, verify: MeasureRequest["verify"]): Measurement;
}

/** As `measure()`, for those who have more to ask. */
export function study(request: MeasureRequest, watch: Watch = () => {}): Study {
  const clock = startClock(watch);
  const first = attempt(request, clock);
  const { loaded, collected, learned } = first;
  return {
    measurement: measurementOf(request, first, clock),
    answer: ({ graph, question, migration }, verify) => {
      const varied = { ...request, migration: { ...migration, base: request.migration.base }, verify };
      const variation = { ...collected, graph, question };
      return measurementOf(varied, { ...carryOut(varied, loaded, variation, clock), learned }, clock);
    },
  };
}

function measurementOf(request: MeasureRequest, answer: Attempt, clock: Clock): Measurement {
  const { loaded, collected, solution, planned, judgement, learned } = answer;
  const edits = judged(planned.edits, judgement);
  const conversions = judged(planned.conversions, judgement);
  const all = [...edits, ...conversions];
  const texts = editedTexts(collected, all);
  const sources = new Map([...texts].map(([file, { before }]) => [file, before]));
  const migration = { ...request.migration, base: request.migration.base ?? collected.base.name };
  const solved: Solved = { migration, graph: collected.graph, question: collected.question, solution };

  const report: Report = {
    schemaVersion: 1,
    tool: tool(),
    compiler,
    project: relative(request.workingDirectory, loaded.configFile) || loaded.configFile,
    migration,
    positions: reportPositions(collected.graph, solution),
    edits,
    conversions,
    obstacles: findObstacles(solved, planned.mixedReleases, all),
    learned,
    alternatives: collected.question.alternatives ?? [],
    surface: clock.time("plan", () => surfaceOf(loaded, collected, solved)),
    churn: countChurn(solved, all, changedLines(all, sources)),
    parts: [],
    verdict: verdictOf(judgement),
    timings: clock.timings(),
  };
  const files = collected.files.map((file) => collected.positions.siteOf(file).file);
  return { report, sources, solved, mixedReleases: planned.mixedReleases, files };
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
