import type { FlowGraph, PositionId } from "../graph/graph.ts";
import type { Question } from "./solve.ts";

/**
 * The same graph for a brand that does not pass as the base: what fills in a member that cannot be edited has to keep that
 * one's type, since no cast can stand between them, and so it cannot be edited either. What is branded by definition can.
 */
export function withBoundOutside(graph: FlowGraph, { fixed }: Question): FlowGraph {
  const { positions } = graph;
  const declared = graph.edges.filter(
    (each) => each.construct === "heritage" && each.declared === true && each.enforced,
  );
  const kept = new Set(fixed);
  const bound = new Set<PositionId>();
  const isOutside = (id: PositionId) => bound.has(id) || positions.get(id)?.annotation === "external";
  for (let size = -1; size !== bound.size; ) {
    size = bound.size;
    for (const { from, to } of declared) if (isOutside(to) && !isOutside(from) && !kept.has(from)) bound.add(from);
  }
  if (bound.size === 0) return graph;
  const all = [...positions].map(
    ([id, position]) => [id, bound.has(id) ? ({ ...position, annotation: "external" } as const) : position] as const,
  );
  return { ...graph, positions: new Map(all) };
}
