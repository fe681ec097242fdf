import { ts } from "ts-morph";
import { type FlowEdge, type FlowGraph, type PositionId, positionIdOf, type Site } from "../../graph.ts";
import { type Kind, type KindAnswer, solveKinds } from "../../kind-flows.ts";
import type { Solution } from "../../solve.ts";
import type { Collected } from "../front-end.ts";
import { sourcesBySite } from "../plan/planner.ts";
import type { PositionEntry } from "../positions.ts";
import { canTakeParameter, type HolderDeclaration, type HolderRun, readHolder } from "./holder-run.ts";
import { declarationKey, isStored, type KindPlaces, kindSystem, type Run, runOf } from "./kind-system.ts";
import { typeAround } from "./owner.ts";

/** A type argument for a reference: of what, and what it is; `own` is the parameter of the holder that it stands in. */
export interface Argument {
  readonly site: Site;
  readonly kind: Kind | "own";
  /** The holder that is referred to. */
  readonly holder: HolderDeclaration;
}

/** The type arguments of a call that says no otherwise what they are. */
export interface CallArguments {
  readonly file: string;
  /** The offset behind the name of what is called. */
  readonly at: number;
  readonly kinds: readonly Kind[];
}

/** Which types and functions take a parameter for the kind, and what stands for it where. */
export interface Generics {
  readonly holders: readonly HolderDeclaration[];
  /** By the key of the function. */
  readonly parameters: KindAnswer["parameters"];
  readonly arguments: readonly Argument[];
  readonly calls: readonly CallArguments[];
  /** Of the mixed positions; `own` where the holder's own parameter stands. */
  readonly kinds: ReadonlyMap<PositionId, Kind | "own">;
  readonly solution: Solution;
}

/** What stays as it is: holders by the key of their declaration, functions by theirs. */
export interface Refused {
  readonly holders: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

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

function genericsOf(
  pages: Run,
  solution: Solution,
  holders: ReadonlyMap<string, HolderRun>,
  places: KindPlaces,
  answer: KindAnswer,
): Generics {
  const kindOf = (run: Run, [id, entry]: readonly [PositionId, PositionEntry]): Kind | "own" =>
    places.holderOf(entry) === undefined ? answer.kindOf(places.variableOf(run, id)) : "own";
  const mixed = [...pages.entries].filter(([id]) => solution.labels.get(id) === "mixed");
  const kinds = new Map(mixed.map((each) => [each[0], kindOf(pages, each)] as const));
  const references = [...holders.values()].flatMap((holder) => {
    const run = runOf(holder);
    return [...run.entries].flatMap((each) => {
      const { position, node } = each[1];
      const isWritten = position.annotation === "written";
      const sites = isWritten ? [position.site] : madeFor(node, holder);
      return sites.map((site) => ({ site, kind: kindOf(run, each), holder: holder.holder }));
    });
  });
  return {
    holders: [...holders.values()].map(({ holder }) => holder),
    parameters: answer.parameters,
    arguments: references,
    calls: callArguments(places, answer),
    kinds,
    solution: refined(pages, solution, kinds, places, answer),
  };
}

// A position as it is in the holders of the brand alone.
function instanceOf(id: PositionId): PositionId {
  return positionIdOf(`${id}<brand>`);
}

/** A graph with the positions that only exist in holders of the brand. */
export function withInstances(graph: FlowGraph, { solution }: Generics): FlowGraph {
  const instances = [...graph.positions.values()].flatMap((position) => {
    const id = instanceOf(position.id);
    return solution.labels.has(id) ? [[id, { ...position, id }] as const] : [];
  });
  return { ...graph, positions: new Map([...graph.positions, ...instances]) };
}

// `new Umem()`, whose type argument nothing says when the variable has no type either.
function madeFor(node: ts.Node, { holder, context }: HolderRun): readonly Site[] {
  const isSilent = (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.type === undefined;
  const made = isSilent ? node.initializer : undefined;
  if (made === undefined || !ts.isNewExpression(made) || made.typeArguments !== undefined) return [];
  return made.expression.getText() === holder.name ? [context.positions.siteOf(made.expression)] : [];
}

// Positions of one kind alone are not mixed any more, and a release of what a holder of one kind holds is of that kind.
function refined(
  pages: Run,
  solution: Solution,
  kinds: Generics["kinds"],
  places: KindPlaces,
  answer: KindAnswer,
): Solution {
  const demands = new Map(solution.demands);
  const labels = new Map(solution.labels);
  for (const [id, kind] of kinds) {
    if (kind === "brand") labels.set(id, "brand");
    if (kind === "plain") {
      labels.delete(id);
      demands.delete(id);
    }
  }
  const told = (edge: FlowEdge): readonly FlowEdge[] => {
    if (kinds.get(edge.from) !== "own") return demands.has(edge.from) ? [edge] : [];
    const found = places.variablesAt(pages, edge.from, edge, "from").map((each) => answer.kindOf(each));
    if (found.length === 0 || found.some((kind) => kind !== found[0])) return [edge];
    if (found[0] === "plain") return [];
    return [found[0] === "brand" ? { ...edge, from: branded(edge.from) } : edge];
  };
  const branded = (id: PositionId): PositionId => {
    const name = instanceOf(id);
    const demand = solution.demands.get(id);
    if (demand !== undefined) demands.set(name, { ...demand, position: name });
    labels.set(name, "brand");
    return name;
  };
  const releases = solution.releases.flatMap(told);
  const exits = solution.exits.flatMap(told);
  return { ...solution, demands, labels, releases, exits };
}

// A call of a function of which a parameter is said by no argument has to say all of them.
function callArguments({ system }: KindPlaces, { parameters, kindOf }: KindAnswer): readonly CallArguments[] {
  const calls = new Map<string, Map<string, Kind>>();
  for (const { at, of, site } of system.instances) {
    const kind = kindOf(of);
    if (typeof kind !== "object" || !site.startsWith("call ")) continue;
    const before = calls.get(site) ?? new Map<string, Kind>();
    const known = before.get(kind.parameter) ?? "plain";
    calls.set(site, before.set(kind.parameter, known === "plain" ? kindOf(at) : known));
  }
  return [...calls].flatMap(([site, told]) => {
    const [first = ""] = told.keys();
    const all = [...parameters.values()].find((each) => each.some(({ name }) => name === first)) ?? [];
    const kinds = all.map(({ name }) => told.get(name) ?? "plain");
    if (all.every(({ isPassed }) => isPassed) || kinds.every((kind) => kind === "plain")) return [];
    const [, at, file] = /^call (\d+) (.*)$/.exec(site) ?? [];
    return file === undefined ? [] : [{ file, at: Number(at), kinds }];
  });
}
