import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { ts } from "ts-morph";
import { countChurn } from "./churn.ts";
import { findObstacles } from "./find-obstacles.ts";
import type { FlowGraph } from "./graph.ts";
import type { MeasureRequest } from "./question.ts";
import type { LearnedFlow, Report, ReportedPosition, Verdict } from "./report.ts";
import { type Solution, solve } from "./solve.ts";
import { type Collected, collectFlows } from "./typescript/front-end.ts";
import { type LoadedProject, loadProject } from "./typescript/load.ts";
import { planBrand } from "./typescript/plan/brand.ts";
import { type Plan, plan } from "./typescript/plan/plan.ts";
import { editedTexts } from "./typescript/plan/planner.ts";
import { findUnnoticed, type Subject, verify } from "./verify.ts";

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
  const loaded = clock.time("load", () => loadProject(request.project, request.workingDirectory));
  const collected = clock.time("collect", () => collectFlows(loaded, request.migration, request.workingDirectory));
  const solution = clock.time("solve", () => solve(collected.graph, collected.question));
  const planned = clock.time("plan", () => planEdits(request, loaded, collected, solution));
  const edits = [...planned.edits, ...planned.conversions];
  const texts = editedTexts(collected, edits);
  const sources = new Map([...texts].map(([file, { before }]) => [file, before]));
  const verdict = clock.time("verify", () => judge(request, loaded, collected, planned, texts));

  const report: Report = {
    schemaVersion: 1,
    tool: { name: "userpage", version: toolVersion() },
    compiler: { name: "TypeScript", version: ts.version },
    project: relative(request.workingDirectory, loaded.configFile) || loaded.configFile,
    migration: { ...request.migration, base: request.migration.base ?? collected.base.name },
    positions: reportPositions(collected.graph, solution),
    edits: planned.edits,
    conversions: planned.conversions,
    obstacles: findObstacles(collected.graph, solution, planned.mixedReleases, edits),
    learned: learnedFrom(verdict),
    churn: countChurn(collected.graph, solution, edits, sources),
    verdict,
    timings: clock.timings(),
  };
  return { report, sources };
}

function planEdits(request: MeasureRequest, loaded: LoadedProject, collected: Collected, solution: Solution): Plan {
  const { brand, mode } = request.migration;
  const scope = { files: collected.files, root: loaded.root, workingDirectory: request.workingDirectory };
  const checker = loaded.project.getProgram().compilerObject.getTypeChecker();
  return plan(collected, solution, mode, planBrand(brand, mode, collected, scope), checker);
}

function judge(
  request: MeasureRequest,
  loaded: LoadedProject,
  collected: Collected,
  planned: Plan,
  texts: EditedTexts,
): Verdict | null {
  if (request.verify === "no") return null;
  const pathOf = (file: string) => resolve(request.workingDirectory, file);
  const subject: Subject = {
    configFile: loaded.configFile,
    workingDirectory: request.workingDirectory,
    nameOf: (path) => relative(request.workingDirectory, path).replaceAll("\\", "/"),
  };
  const at = (edited: EditedTexts, side: "before" | "after") =>
    new Map([...edited].map(([file, text]) => [pathOf(file), text[side]]));
  const verdict = verify(subject, at(texts, "after"));
  if (request.verify === "sufficient" || verdict.newDiagnostics.length > 0) return verdict;

  const undoable = editedTexts(collected, planned.undoable);
  const overlay = at(undoable, "after");
  const originals = at(undoable, "before");
  return { ...verdict, necessity: findUnnoticed({ subject, overlay, originals, edits: planned.undoable, pathOf }) };
}

type EditedTexts = ReturnType<typeof editedTexts>;

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

// What the compiler still rejects is a flow that no constraint stands for.
function learnedFrom(verdict: Verdict | null): readonly LearnedFlow[] {
  return (verdict?.newDiagnostics ?? []).map(({ file, line, code }) => ({ construct: `TS${code}`, file, line }));
}

function toolVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

type Phase = "load" | "collect" | "solve" | "plan" | "verify";

interface Clock {
  time<Result>(phase: Phase, work: () => Result): Result;
  timings(): Report["timings"];
}

function startClock(): Clock {
  const start = performance.now();
  const spent = { load: 0, collect: 0, solve: 0, plan: 0, verify: 0 };
  return {
    time: (phase, work) => {
      const before = performance.now();
      const result = work();
      spent[phase] += Math.round(performance.now() - before);
      return result;
    },
    timings: () => ({ ...spent, totalMs: Math.round(performance.now() - start) }),
  };
}
