import { type Arcs, addArc, roomFor } from "../solver/arcs.ts";
import type { Side } from "../solver/min-cut.ts";
import { at, end } from "./chains.ts";
import type { Component } from "./components.ts";

/** Items that are not decided yet; what is decided around them is contracted into `prices` and `leaving`. */
export interface Part {
  /** Their numbers in the offer. Everything else goes by the place in this list. */
  readonly items: readonly number[];
  /** Of choosing each. */
  readonly prices: Float64Array;
  /** Of not choosing each, although something that is chosen is tied to it. */
  readonly leaving: Float64Array;
  readonly worths: Float64Array;
  readonly ties: Arcs;
}

/** A component of which nothing is decided. */
export function wholePart(prices: readonly number[], worths: readonly number[], { items, ties }: Component): Part {
  const of = (list: readonly number[]) => Float64Array.from(items, (item) => list[item] ?? 0);
  return { items, prices: of(prices), leaving: new Float64Array(items.length), worths: of(worths), ties };
}

/**
 * The part without those of its items that are decided: all but the marked ones when these are `kept`, or just these
 * as `chosen`.
 */
export function restricted(part: Part, marks: Side, as: "kept" | "chosen"): Part {
  const wanted = as === "kept" ? 1 : 0;
  const places = new Int32Array(part.items.length).fill(end);
  const open: number[] = [];
  for (let item = 0; item < places.length; item++) if (marks[item] === wanted) places[item] = open.push(item) - 1;
  const [prices, leaving] = [picked(part.prices, open), picked(part.leaving, open)];
  const { count, from, to, capacity } = part.ties;
  const ties = roomFor(count);
  for (let tie = 0; tie < count; tie++) {
    const [start, stop] = [at(places, at(from, tie)), at(places, at(to, tie))];
    if (start !== end && stop !== end) addArc(ties, start, stop, at(capacity, tie));
    // What is decided otherwise than by choosing it is not chosen, so a tie to it is always paid.
    else if (start !== end && as === "kept") prices[start] = at(prices, start) + at(capacity, tie);
    else if (stop !== end && as === "chosen") leaving[stop] = at(leaving, stop) + at(capacity, tie);
  }
  return {
    items: open.map((item) => part.items[item] ?? end),
    prices,
    leaving,
    worths: picked(part.worths, open),
    ties,
  };
}

function picked(list: Float64Array, places: readonly number[]): Float64Array {
  const result = new Float64Array(places.length);
  for (let i = 0; i < result.length; i++) result[i] = at(list, places[i] ?? end);
  return result;
}

/** The sum of a list. */
export function total(list: Float64Array): number {
  return list.reduce((sum, each) => sum + each, 0);
}
