import type { FlowEdge, FlowGraph, PositionId, TypePosition } from "../graph/graph.ts";
import type { Question } from "./solve.ts";

/**
 * The same graph, where some positions have to keep their type, since no cast can stand behind them: what is told from
 * others as the primitive that it is, with all that it is taken out of; and for a brand that does not pass as the base,
 * what fills in a member that cannot be edited. What is branded by definition can be edited.
 */
export function withBoundOutside(graph: FlowGraph, question: Question): FlowGraph {
  const bound = boundOutside(graph, question);
  if (bound.size === 0) return graph;
  const all = [...graph.positions].map(([id, position]) => {
    const kept = bound.get(id);
    return [id, kept === undefined ? position : { ...position, ...kept }] as const;
  });
  return { ...graph, positions: new Map(all) };
}

// What stands behind one of these is the primitive to the compiler, and is told apart as that.
const tests: ReadonlySet<string> = new Set(["mapped-type", "operator", "predicate"]);

type Kept = Pick<TypePosition, "annotation" | "primitive">;

function boundOutside({ positions, edges }: FlowGraph, question: Question): ReadonlyMap<PositionId, Kept> {
  const fixed = new Set(question.fixed);
  const bound = new Map<PositionId, Kept>();
  const isOutside = (id: PositionId) => bound.has(id) || positions.get(id)?.annotation === "external";
  const keptAt = ({ construct, to }: FlowEdge): Kept | undefined => {
    if (!isOutside(to)) return undefined;
    if (construct === "heritage") return question.mixedStops === true ? undefined : { annotation: "external" };
    const isTakenOut = construct === "inference" && bound.get(to)?.primitive === true;
    return tests.has(construct) || isTakenOut ? { annotation: "external", primitive: true } : undefined;
  };
  const declared = edges.filter((edge) => edge.declared === true && edge.enforced && !fixed.has(edge.from));
  for (let size = -1; size !== bound.size; ) {
    size = bound.size;
    for (const edge of declared) {
      const kept = isOutside(edge.from) ? undefined : keptAt(edge);
      if (kept !== undefined) bound.set(edge.from, kept);
    }
  }
  return bound;
}
