import type { FlowEdge, FlowGraph, PositionId, Site } from "../graph/graph.ts";
import { adjacency, type Question } from "./solve.ts";

/**
 * The same question with all that is branded by definition along with what it names, since no cast can stand between
 * them: an overriding member and the overridden one, an implementation and its overloads, a type argument and its bound,
 * and what a function that is written where it is wanted says of itself.
 */
export function withAllFixed(graph: FlowGraph, question: Question): Question {
  const { into } = adjacency(graph.edges);
  const fixed = new Set<PositionId>(question.fixed);
  // The set grows while it is walked.
  for (const position of fixed) {
    for (const edge of into.get(position) ?? []) if (isOfOne(graph, edge)) fixed.add(edge.from);
  }
  return { ...question, fixed: [...fixed] };
}

// What a predicate finds out is another thing, though no cast could stand there either.
const declaredAgain: ReadonlySet<string> = new Set(["constraint", "heritage", "overload", "property"]);

function isOfOne({ positions }: FlowGraph, { from, site, construct, declared, enforced, nested }: FlowEdge): boolean {
  const position = positions.get(from);
  if (position === undefined || position.annotation === "external" || position.kind === "creation") return false;
  if (declared === true) return enforced && declaredAgain.has(construct);
  return enforced && nested && isInside(position.site, site);
}

function isInside(inner: Site, outer: Site): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}
