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
    return isWithin(position.id) ? position : external(position);
  }
}

/** The same question with the brand stopped before some positions: what flows there leaves as a plain value. */
export function stopBefore(asked: AskedGraph, stops: ReadonlySet<PositionId>): AskedGraph {
  const positions = new Map(
    [...asked.graph.positions].map(([id, position]) => [id, stops.has(id) ? external(position) : position]),
  );
  return { ...asked, graph: { ...asked.graph, positions } };
}

function external(position: TypePosition): TypePosition {
  return { ...position, annotation: "external" };
}
