import { relative, resolve } from "node:path";
import type { LearnedFlow, Verdict } from "./answer/report.ts";
import type { Clock } from "./clock.ts";
import { byFile } from "./edit.ts";
import { carryOutGenerics } from "./generic-attempt.ts";
import type { FlowEdge } from "./graph/graph.ts";
import type { MeasureRequest, Place } from "./question.ts";
import { type Solution, solve } from "./solver/solve.ts";
import { askedBy } from "./strategies.ts";
import { type Collected, collectFlows } from "./typescript/front-end.ts";
import { createReader } from "./typescript/generic/find-generics.ts";
import type { Generics } from "./typescript/generic/generics.ts";
import { withInstances } from "./typescript/generic/generics-of.ts";
import { planBrand } from "./typescript/plan/brand/brand.ts";
import { type Plan, plan } from "./typescript/plan/plan.ts";
import { editedTexts } from "./typescript/plan/planner.ts";
import { type LoadedProject, loadProject, projectFiles } from "./typescript/project/load.ts";
import { findUnnoticed, type Necessity, type Subject, verify } from "./verify.ts";

/** One way through the passes: collect, solve, plan, verify. */
export interface Attempt {
  readonly loaded: LoadedProject;
  readonly collected: Collected;
  readonly solution: Solution;
  readonly planned: Plan;
  readonly judgement: Judgement | null;
  readonly learned: readonly LearnedFlow[];
}

/** What the compiler said of all edits together and, if it was asked, of each one's absence. */
export interface Judgement {
  readonly verdict: Omit<Verdict, "necessity">;
  readonly necessity: Necessity | null;
}

const mostAttempts = 4;

/**
 * Collects, solves, plans and asks the compiler. Where it complains on a line that was not searched, because no name
 * led there, the line is searched too and everything is done again; each such place is `learned`.
 */
export function attempt(request: MeasureRequest, clock: Clock): Attempt {
  const learned: Place[] = [];
  for (let round = 1; ; round++) {
    const result = attemptOnce(searching(request), [...(request.search ?? []), ...learned], clock);
    const complaints = result.judgement?.verdict.newDiagnostics ?? [];
    const missed = complaints.filter((place) => place.line > 0 && !result.collected.isRead(place));
    if (missed.length > 0 && round < mostAttempts) {
      for (const { file, line } of missed) learned.push({ file, line });
      continue;
    }
    const found = isGeneric(request) ? carryOut(request, result.loaded, result.collected, clock) : result;
    return { ...found, learned: learnedFlows(learned, found) };
  }
}

function isGeneric({ migration }: MeasureRequest): boolean {
  return migration.strategy === "generic";
}

// Flows are the same for all strategies; those of the holders are looked for once the others are found.
function searching(request: MeasureRequest): MeasureRequest {
  if (!isGeneric(request)) return request;
  const verify = request.verify === "necessary" ? "sufficient" : request.verify;
  return { ...request, verify, migration: { ...request.migration, strategy: request.migration.mode } };
}

// By the constructs that bring the brand on that line, now that it is read; none when it only has to be edited there.
function learnedFlows(places: readonly Place[], { collected, solution }: Omit<Attempt, "learned">): LearnedFlow[] {
  return places.flatMap(({ file, line }) => {
    const isHere = ({ from, site }: FlowEdge) => site.file === file && site.line === line && solution.demands.has(from);
    const constructs = new Set(collected.graph.edges.filter(isHere).map(({ construct }) => construct));
    const named = constructs.size === 0 ? ["no known construct"] : [...constructs];
    return named.map((construct) => ({ construct, file, line }));
  });
}

function attemptOnce(request: MeasureRequest, also: readonly Place[], clock: Clock): Omit<Attempt, "learned"> {
  const { migration, workingDirectory } = request;
  const loaded = clock.time("load", () => loadProject(request.project, workingDirectory));
  clock.sees(clock.time("load", () => projectFiles(loaded).length));
  const collected = clock.time("collect", () =>
    collectFlows(loaded, migration, workingDirectory, also, { isPart: request.isPart === true }),
  );
  return carryOut(request, loaded, collected, clock);
}

/** Answers what was collected, or a variation of it: solve, plan, verify. */
export function carryOut(
  request: MeasureRequest,
  loaded: LoadedProject,
  collected: Collected,
  clock: Clock,
): Omit<Attempt, "learned"> {
  const { migration } = request;
  const { strategy = migration.mode } = migration;
  const asked = clock.time("solve", () => askedBy(strategy, { migration, ...collected }));
  const answered = { ...collected, graph: asked.graph, question: asked.question };
  const solved = clock.time("solve", () => solve(asked.graph, asked.question));
  const carried = (solution: Solution, generics: Generics | undefined) => {
    const placed = generics === undefined ? answered : { ...answered, graph: withInstances(answered.graph, generics) };
    const planned = clock.time("plan", () => planEdits(request, loaded, placed, solution, generics));
    const judged = () => placed.context.occurrences.whileUntagged(() => judge(request, loaded, placed, planned));
    const judgement = clock.time("verify", () => (request.verify === "no" ? null : judged()));
    return { loaded, collected: placed, solution, planned, judgement };
  };
  if (strategy !== "generic") return carried(solved, undefined);
  const read = createReader(request.project, request.workingDirectory);
  return carryOutGenerics(answered, solved, read, carried);
}

function planEdits(
  request: MeasureRequest,
  loaded: LoadedProject,
  collected: Collected,
  solution: Solution,
  generics: Generics | undefined,
): Plan {
  const { brand, mode, strategy = mode } = request.migration;
  const scope = { files: collected.files, root: loaded.root, workingDirectory: request.workingDirectory };
  const program = loaded.program();
  const checker = program.getTypeChecker();
  return plan({
    collected,
    solution,
    mode,
    strategy,
    brand: planBrand(brand, mode, collected, scope, checker),
    checker,
    options: program.getCompilerOptions(),
    generics,
  });
}

// The trees that no edit is in are not parsed again, so they have to be what is on disk: without tags.
function judge(request: MeasureRequest, loaded: LoadedProject, collected: Collected, planned: Plan): Judgement {
  const { workingDirectory } = request;
  const pathOf = (file: string) => resolve(workingDirectory, file);
  const pathsOf = (file: string) => loaded.namesOf(pathOf(file));
  const nameOf = (path: string) => relative(workingDirectory, path).replaceAll("\\", "/");
  const subject: Subject = {
    configFile: loaded.configFile,
    nameOf,
    read: { options: loaded.program().getCompilerOptions(), treeOf: loaded.treeOf },
  };
  const edits = byFile([...planned.edits, ...planned.conversions]);
  const texts = editedTexts(collected, [...edits.values()].flat());
  const history = new Map(
    [...texts].map(([file, { before }]) => [file, { text: before, edits: edits.get(file) ?? [] }]),
  );
  const verdict = verify(subject, side(texts, "after", pathsOf), history);
  if (request.verify === "sufficient" || verdict.newDiagnostics.length > 0) return { verdict, necessity: null };

  const undoable = editedTexts(collected, planned.undoable);
  const overlay = side(undoable, "after", pathsOf);
  const originals = side(undoable, "before", pathsOf);
  const necessity = findUnnoticed({ subject, overlay, originals, edits: planned.undoable, pathOf });
  return { verdict: { ...verdict, compiler: necessity.compiler }, necessity };
}

function side(
  texts: ReturnType<typeof editedTexts>,
  which: "before" | "after",
  pathsOf: (file: string) => readonly string[],
): ReadonlyMap<string, string> {
  return new Map([...texts].flatMap(([file, text]) => pathsOf(file).map((path) => [path, text[which]] as const)));
}
