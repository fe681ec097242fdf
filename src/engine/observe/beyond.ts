import { ts } from "ts-morph";
import { throughErasures } from "../answer/most-edits.ts";
import type { FlowGraph, PositionId } from "../graph/graph.ts";
import type { Place } from "../question.ts";
import { adjacency, type Question, solve } from "../solver/solve.ts";
import type { Collected } from "../typescript/front-end.ts";
import { mentions } from "../typescript/tagging/leaves.ts";

/** What the engine's answer is silent about, and says so: what goes through `unknown` and is cast back. */
export interface Beyond {
  /** With a flow from everything that is erased to everything that is recovered. */
  readonly graph: FlowGraph;
  /** What a followed value could reach that way, and no other. */
  readonly reached: ReadonlySet<PositionId>;
  /** What a recovered value, of whatever kind, could reach. */
  readonly recovered: ReadonlySet<PositionId>;
}

/** The graph, with what is erased coming out wherever a value is cast back. */
export function leaking(graph: FlowGraph, question: Question): FlowGraph {
  return throughErasures({ graph, solution: solve(graph, question) });
}

/** Searches every place where a value is cast back too; `again` also searches wherever the brand comes by a leak. */
export function beyondErasures(collected: Collected, again: (places: readonly Place[]) => Collected): Beyond {
  const places = recoveries(collected);
  if (places.length === 0) return { graph: collected.graph, reached: new Set(), recovered: new Set() };
  const { graph, question } = again(places);
  const { labels } = solve(graph, question);
  const wider = leaking(graph, question);
  const recovered = graph.hazards.flatMap(({ kind, position }) => (kind === "recovered" ? [position] : []));
  return {
    graph: wider,
    reached: new Set([...solve(wider, question).labels.keys()].filter((position) => !labels.has(position))),
    recovered: reachedFrom(recovered, graph),
  };
}

/** The positions and all that they flow into. */
export function reachedFrom(start: Iterable<PositionId>, graph: FlowGraph): ReadonlySet<PositionId> {
  const { outOf } = adjacency(graph.edges);
  const reached = new Set(start);
  for (const position of reached) for (const { to } of outOf.get(position) ?? []) reached.add(to);
  return reached;
}

// Where a type that holds no base is asserted to be one that does.
function recoveries({ context, files }: Collected): readonly Place[] {
  const { checker } = context.test;
  const found: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && holdsBase(checker.getTypeFromTypeNode(node.type))) {
      if (!holdsBase(checker.getTypeAtLocation(node.expression))) found.push(context.positions.siteOf(node));
    }
    ts.forEachChild(node, visit);
  };
  const holdsBase = (type: ts.Type) => mentions(type, context.test).length > 0;
  for (const file of files) visit(file);
  return found;
}
