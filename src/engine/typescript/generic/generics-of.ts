import { ts } from "ts-morph";
import { type FlowEdge, type FlowGraph, type PositionId, positionIdOf, type Site } from "../../graph/graph.ts";
import type { Kind, KindAnswer } from "../../solver/kind-flows.ts";
import type { Solution } from "../../solver/solve.ts";
import type { PositionEntry } from "../positions/positions.ts";
import type { CallArguments, Generics } from "./generics.ts";
import type { HolderRun } from "./holder-run.ts";
import type { KindPlaces } from "./kind-system.ts";
import { type Run, runOf } from "./run.ts";

/** What the solved kinds make of the holders, of the references to them and of the calls. */
export function genericsOf(
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
