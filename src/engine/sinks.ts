import type { FlowGraph, PositionId } from "./graph.ts";
import { adjacency, type Question, type Solution, solve } from "./solve.ts";

/**
 * Which positions have to carry the brand so that it survives from the producers to the sinks: all that lie on a way
 * from one to the other. Everything else keeps its type, and a plain value that enters is a mint point.
 *
 * Shortcomings: a plain value is minted where it enters, also where one edit further back would save two casts.
 */
export function restrictToSinks(graph: FlowGraph, question: Question, sinks: readonly PositionId[]): Question {
  if (sinks.length === 0) return question;
  const forward = solve(graph, question);
  const leading = leadingTo(graph, sinks, forward);
  const carrying = [...forward.demands.keys()].filter((position) => leading.has(position));
  const fixed = [...new Set([...question.fixed, ...sinks, ...carrying])];
  return { ...question, fixed, wanted: new Set(fixed) };
}

// Backward over every flow, stores and aliases included, among the positions that the brand reaches.
function leadingTo(graph: FlowGraph, sinks: readonly PositionId[], forward: Solution): ReadonlySet<PositionId> {
  const { into, outOf } = adjacency(graph.edges);
  const leading = new Set<PositionId>(sinks);
  for (const position of leading) {
    const before = (into.get(position) ?? []).map((edge) => edge.from);
    const shared = (outOf.get(position) ?? []).filter((edge) => edge.channel === "alias").map((edge) => edge.to);
    for (const next of [...before, ...shared]) if (forward.demands.has(next)) leading.add(next);
  }
  return leading;
}
