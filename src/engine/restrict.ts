import type { PositionId, TypePosition } from "./graph.ts";
import type { AskedGraph } from "./graph-document.ts";

/**
 * The same question with the brand kept to some positions: they are branded by definition, and nothing else can be
 * edited, so that a plain value that enters is a mint and a branded one that leaves is an exit.
 */
export function restrictTo({ migration, graph, question }: AskedGraph, within: ReadonlySet<PositionId>): AskedGraph {
  const isWithin = (position: PositionId) => within.has(position);
  return {
    migration,
    graph: { ...graph, positions: new Map([...graph.positions].map(([id, position]) => [id, outside(position)])) },
    question: {
      ...question,
      producers: question.producers.filter(isWithin),
      fixed: [...within],
      wanted: within,
    },
  };

  function outside(position: TypePosition): TypePosition {
    return isWithin(position.id) ? position : { ...position, annotation: "external" };
  }
}
