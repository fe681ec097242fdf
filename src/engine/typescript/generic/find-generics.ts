import type { ts } from "ts-morph";
import { type KindAnswer, solveKinds } from "../../solver/kind-flows.ts";
import type { Solution } from "../../solver/solve.ts";
import type { Collected } from "../front-end.ts";
import { sourcesBySite } from "../plan/planner.ts";
import type { Generics, Refused } from "./generics.ts";
import { genericsOf } from "./generics-of.ts";
import { canTakeParameter, type HolderDeclaration, type HolderRun, readHolder } from "./holder-run.ts";
import { isStored } from "./kind-draft.ts";
import { type KindPlaces, kindSystem } from "./kind-system.ts";
import { typeAround } from "./owner.ts";
import { declarationKey, type Run, runOf } from "./run.ts";

/** How to read the project again, each holder once. */
export type ReadHolder = (holder: HolderDeclaration) => HolderRun | undefined;

/** Reads each holder once, however often it is asked for. */
export function createReader(project: string, workingDirectory: string): ReadHolder {
  const known = new Map<string, HolderRun | undefined>();
  return (holder) => {
    const key = `${holder.fileName} ${holder.start}`;
    if (!known.has(key)) known.set(key, readHolder(holder, project, workingDirectory));
    return known.get(key);
  };
}

const mostHolders = 12;

/**
 * The holders whose instances are of different kinds, found from the types that mixed positions are declared in outward,
 * and the functions that pass them on.
 *
 * Shortcomings: one parameter for each holder, whatever it holds; none for a holder that is generic already, extends
 * another type, is declared more than once or not at the top of a file, nor for an arrow function; a spread of one
 * instance into another is not followed. What comes of that is the compiler's to find.
 */
export function findGenerics(collected: Collected, solution: Solution, read: ReadHolder, refused: Refused): Generics {
  const pages: Run = {
    name: "",
    graph: collected.graph,
    entries: collected.positions.entries,
    files: sourcesBySite(collected),
  };
  const holders = new Map<string, HolderRun>();
  const tried = new Set<string>(refused.holders);
  const add = (node: ts.Node): void => {
    const around = typeAround(node);
    if (around === undefined || tried.has(declarationKey(around)) || tried.size >= mostHolders) return;
    tried.add(declarationKey(around));
    if (!canTakeParameter(around) || around.name === undefined || around.getSourceFile().isDeclarationFile) return;
    const run = read({
      name: around.name.text,
      fileName: around.getSourceFile().fileName,
      start: around.getStart(),
      end: around.end,
    });
    if (run !== undefined) holders.set(declarationKey(around), run);
  };
  for (const [id, label] of solution.labels) {
    const entry = pages.entries.get(id);
    if (label === "mixed" && entry?.position.annotation === "written") add(entry.node);
  }
  for (;;) {
    const places = kindSystem({ pages, solution, holders, fixed: refused.functions });
    const answer = solveKinds(places.system);
    const before = holders.size;
    for (const run of [...holders.values()]) {
      for (const node of mixedMembers(runOf(run), places, answer)) add(node);
    }
    if (holders.size > before) continue;
    const useful = usefulAmong([...holders.values()], places, answer);
    if (useful.size === holders.size) return genericsOf(pages, solution, holders, places, answer);
    for (const [key, run] of holders) if (!useful.has(run)) holders.delete(key);
  }
}

// Those that a reference to the brand alone leads to.
function usefulAmong(all: readonly HolderRun[], places: KindPlaces, answer: KindAnswer): ReadonlySet<HolderRun> {
  const useful = new Set(all.filter((each) => holdsBrandAlone(runOf(each), places, answer)));
  const isHeldBy = (held: HolderRun, holder: HolderRun) =>
    [...runOf(held).entries.values()].some((entry) => places.holderOf(entry) === holder);
  // The set grows while it is walked.
  for (const holder of useful) for (const held of all) if (isHeldBy(held, holder)) useful.add(held);
  return useful;
}

// A parameter that never stands for the brand alone tells nothing apart.
function holdsBrandAlone(run: Run, places: KindPlaces, answer: KindAnswer): boolean {
  const isBrand = (variable: string) => answer.kindOf(variable) === "brand";
  return (
    places.system.instances.some(({ at, of }) => of.startsWith(`${run.name} `) && !isStored(of) && isBrand(at)) ||
    [...run.entries].some(([id, entry]) => places.holderOf(entry) === undefined && isBrand(places.variableOf(run, id)))
  );
}

// What is declared in a type, and is of either kind there.
function mixedMembers(run: Run, places: KindPlaces, answer: KindAnswer): readonly ts.Node[] {
  return [...run.entries].flatMap(([id, entry]) => {
    if (entry.position.annotation !== "written" || places.holderOf(entry) !== undefined) return [];
    return answer.kindOf(places.variableOf(run, id)) === "mixed" ? [entry.node] : [];
  });
}
