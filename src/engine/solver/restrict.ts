import type { FlowGraph, PositionId, TypePosition } from "../graph/graph.ts";
import type { AskedGraph } from "../graph/graph-document.ts";

/**
 * The same question with the brand kept to some positions: they are branded by definition, and nothing else can be
 * edited, so that a plain value that enters is a mint and a branded one that leaves is an exit.
 */
export function restrictTo({ migration, graph, question }: AskedGraph, within: ReadonlySet<PositionId>): AskedGraph {
  const ends = inferredEnds(graph);
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
    return isWithin(position.id) || ends.has(position.id) ? position : external(position);
  }
}

/** Inferred parameters and variables from which nothing flows on: they take whatever type they are given, for nothing. */
export function inferredEnds({ positions, edges }: FlowGraph): ReadonlySet<PositionId> {
  const busy = new Set(edges.flatMap(({ from, to, channel }) => (channel === "value" ? [from] : [from, to])));
  const isEnd = ({ id, kind, annotation }: TypePosition) =>
    annotation === "inferred" && (kind === "parameter" || kind === "variable") && !busy.has(id);
  return new Set([...positions.values()].filter(isEnd).map(({ id }) => id));
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
