import type { Arc } from "../min-cut.ts";
import type { Component } from "./components.ts";

/** Items that are not decided yet; what is decided around them is contracted into `prices` and `leaving`. */
export interface Part {
  /** Their numbers in the offer. Everything else goes by the place in this list. */
  readonly items: readonly number[];
  /** Of choosing each. */
  readonly prices: readonly number[];
  /** Of not choosing each, although something that is chosen is tied to it. */
  readonly leaving: readonly number[];
  readonly worths: readonly number[];
  readonly ties: readonly Arc[];
}

/** A component of which nothing is decided. */
export function wholePart(prices: readonly number[], worths: readonly number[], { items, ties }: Component): Part {
  const of = (list: readonly number[]) => items.map((item) => list[item] ?? 0);
  return { items, prices: of(prices), leaving: items.map(() => 0), worths: of(worths), ties };
}

/** The part without those of its items that are decided: all but `chosen` when they are `kept`, or just they as `chosen`. */
export function restricted(part: Part, some: ReadonlySet<number>, as: "kept" | "chosen"): Part {
  const isOpen = (item: number) => some.has(item) === (as === "kept");
  const open = [...part.items.keys()].filter(isOpen);
  const places = new Map(open.map((item, place) => [item, place]));
  const prices = open.map((item) => part.prices[item] ?? 0);
  const leaving = open.map((item) => part.leaving[item] ?? 0);
  const ties: Arc[] = [];
  for (const { from, to, capacity } of part.ties) {
    const [start, end] = [places.get(from), places.get(to)];
    if (start !== undefined && end !== undefined) ties.push({ from: start, to: end, capacity });
    // What is decided otherwise than by choosing it is not chosen, so a tie to it is always paid.
    else if (start !== undefined && as === "kept") prices[start] = (prices[start] ?? 0) + capacity;
    else if (end !== undefined && as === "chosen") leaving[end] = (leaving[end] ?? 0) + capacity;
  }
  const of = (list: readonly number[]) => open.map((item) => list[item] ?? 0);
  return { items: of(part.items), prices, leaving, worths: of(part.worths), ties };
}

/** The sum of a list. */
export function total(list: readonly number[]): number {
  return list.reduce((sum, each) => sum + each, 0);
}
