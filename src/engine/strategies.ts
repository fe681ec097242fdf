import type { FlowGraph, PositionId } from "./graph/graph.ts";
import type { AskedGraph } from "./graph/graph-document.ts";
import type { Mode, Strategy } from "./migration.ts";
import { restrictTo, stopBefore } from "./solver/restrict.ts";
import { adjacency, type Solution, solve } from "./solver/solve.ts";

/** Every strategy, with the modes it answers in and what it does in a few words. */
export const strategies = {
  distinct: { modes: ["distinct"], words: "the brand wherever it goes, a union where plain values come too" },
  subtype: { modes: ["subtype"], words: "the brand wherever only branded values arrive" },
  "mint-helper": { modes: ["distinct", "subtype"], words: "the same, and tests call one function instead of casting" },
  cut: { modes: ["distinct", "subtype"], words: "up to chosen positions, or where plain values join; then a cast" },
  rename: { modes: ["distinct"], words: "the releases by their own name, without a type" },
  flag: { modes: ["distinct"], words: "the same, and a function asked at run time where values mix" },
  view: { modes: ["distinct"], words: "those that only read take either kind" },
  generic: { modes: ["distinct"], words: "holders, and those that pass them on, take the kind as a type parameter" },
} as const satisfies Record<Strategy, { readonly modes: readonly Mode[]; readonly words: string }>;

/** Does the strategy write types, or names of releases alone? */
export function isTyped(strategy: Strategy): boolean {
  return strategy !== "rename" && strategy !== "flag";
}

/** The question as the strategy answers it. */
export function askedBy(strategy: Strategy, asked: AskedGraph): AskedGraph {
  return strategy === "cut" ? restrictTo(asked, withinCuts(asked)) : asked;
}

// What the brand reaches without passing a cut; without cuts, what holds only branded values.
function withinCuts(asked: AskedGraph): ReadonlySet<PositionId> {
  const { graph, question } = asked;
  const stops = question.cuts ?? [];
  const { labels } = solve(stopBefore(asked, new Set(stops)).graph, question);
  const isWithin = (label: "brand" | "mixed") => stops.length > 0 || label === "brand";
  const reached = [...labels].flatMap(([position, label]) => (isWithin(label) ? [position] : []));
  return new Set([...question.fixed, ...reached].filter((position) => graph.positions.has(position)));
}

/**
 * The positions that only read what they receive: parameters and what is taken from them, from which nothing is
 * released, kept, returned or handed to anyone who does.
 */
export function readersAmong(graph: FlowGraph, solution: Solution): ReadonlySet<PositionId> {
  const { outOf, into } = adjacency(graph.edges);
  const isBorrower = (id: PositionId) => borrowing.has(graph.positions.get(id)?.kind ?? "");
  const reading = new Set([...solution.labels.keys()].filter(isBorrower));
  // Until nothing changes: who hands a value to somebody who does more than read does more, too.
  for (let size = -1; size !== reading.size; ) {
    size = reading.size;
    for (const id of reading) {
      const isPassedOn = (outOf.get(id) ?? []).some(({ to, channel }) => channel !== "value" || !reading.has(to));
      const isShared = (into.get(id) ?? []).some(({ channel }) => channel !== "value");
      if (isPassedOn || isShared) reading.delete(id);
    }
  }
  return reading;
}

const borrowing: ReadonlySet<string> = new Set(["parameter", "variable"]);
