import type { FlowGraph, PositionId } from "../graph/graph.ts";
import { restrictToSinks } from "./sinks.ts";
import { adjacency, joinedForGood, type Labelling, label, type Question } from "./solve.ts";

/**
 * The positions whose surroundings may say more about the brand: what only receives it, or, with sinks, all that may lie
 * on a way to one. Behind a position that plain values join nothing is branded; but what seems plain may be the brand
 * come round (a list, each of its elements sent on, kept in the list again), so what lies nearest behind it is looked
 * through, unless they would join it in any case.
 *
 * Shortcomings: a wider circle that has such a position in it is not seen to be one.
 */
export function toRead(graph: FlowGraph, question: Question, sinks: readonly PositionId[]): readonly PositionId[] {
  const open = sinks.length === 0 ? question : { ...question, mixedStops: false, testsMint: false };
  const mixedStops = open.mixedStops === true;
  const asked = restrictToSinks(graph, question, sinks);
  const { labels } = label(graph, open);
  const around = mixedStops ? justBehind(graph, seeminglyMixed(graph, question, labels)) : [];
  const passed = [...labels.keys()].filter((position) => !mixedStops || labels.get(position) === "brand");
  return [...passed, ...around, ...(asked.wanted ?? []), ...(asked.alternatives ?? [])];
}

function seeminglyMixed(graph: FlowGraph, question: Question, labels: Labelling["labels"]): readonly PositionId[] {
  const joined = joinedForGood(graph, question);
  return [...labels].flatMap(([position, label]) => (label === "mixed" && !joined.has(position) ? [position] : []));
}

const widestCircle = 100;

// In their own files all of it.
function justBehind(graph: FlowGraph, starts: readonly PositionId[]): readonly PositionId[] {
  const { outOf } = adjacency(graph.edges);
  const fileOf = (id: PositionId) => graph.positions.get(id)?.site.file;
  const found = new Set(starts);
  // The set grows while it is walked.
  for (const position of found) {
    for (const { to } of outOf.get(position) ?? []) {
      if (fileOf(to) === fileOf(position) || found.size < starts.length + widestCircle) found.add(to);
    }
  }
  return [...found];
}
