import { type Arc, type Arcs, addArc, columnsOf, roomFor } from "../solver/arcs.ts";
import { at, dropAfter, end } from "./chains.ts";
import { mutuallyRequired } from "./mutually-required.ts";
import { contract, hostOf, isOpen, type OpenItems, openItems } from "./open-items.ts";

/** An offer whose items stand for one or more of another one's. */
export interface Simplified {
  /** By item; what can never be worth choosing is in none. */
  readonly members: readonly (readonly number[])[];
  readonly prices: readonly number[];
  readonly worths: readonly number[];
  readonly ties: Arcs;
}

/**
 * A smaller offer with the same hull, in which everything can be had. What requires each other is chosen together.
 * What only one item is tied to, which requires it, is chosen exactly when that one is, if it has no worth of its own.
 * If it has none and costs no less than all ties to it, it never pays; nor does what costs no end, whatever its worth.
 * In programs nearly everything goes: most positions have one consumer, or none that leads to a release.
 */
export function simplify(prices: readonly number[], worths: readonly number[], ties: readonly Arc[]): Simplified {
  const open = openItems(prices, worths, columnsOf(ties));
  const leaders = mutuallyRequired(open.ties, open.outOf, open.into);
  for (let item = 0; item < leaders.length; item++) {
    if (leaders[item] !== item) contract(open, item, at(leaders, item));
  }
  const queue = prices.map((_, item) => item);
  const isQueued = new Uint8Array(prices.length).fill(1);
  const changes = (item: number) => {
    if (isQueued[item] === 0) queue.push(item);
    isQueued[item] = 1;
  };
  // The queue grows while it is worked off.
  for (const item of queue) {
    isQueued[item] = 0;
    if (isOpen(open, item)) remove(open, item, changes);
  }
  return listed(open);
}

const endless = Number.POSITIVE_INFINITY;

function remove(open: OpenItems, item: number, changes: (item: number) => void): void {
  const { only, sum } = tiesTo(open, item);
  const price = at(open.prices, item);
  const hasWorth = at(open.worths, item) > 0;
  if (!hasWorth && only !== end && sum === endless) {
    // What both of them are tied to may have only one left that is tied to it.
    const isShorter = at(open.outOf.lengths, item) < at(open.outOf.lengths, only);
    forEachTied(open, isShorter ? item : only, changes);
    changes(only);
    contract(open, item, only);
  } else if (price === endless || (!hasWorth && sum <= price)) leave(open, item, changes);
}

// Who is tied to an item, if that is only one, and by how much all are together. Ties that are gone are taken out.
function tiesTo(open: OpenItems, item: number): { readonly only: number; readonly sum: number } {
  const { into, ties } = open;
  let only = end;
  let sum = 0;
  for (let tie = at(into.first, item), before = end; tie !== end; tie = at(into.next, tie)) {
    const from = hostOf(open, at(ties.from, tie));
    if (from === end || from === item) {
      dropAfter(into, item, before);
      continue;
    }
    if (before !== end && from !== only) only = end;
    else only = from;
    sum += at(ties.capacity, tie);
    before = tie;
  }
  return { only, sum };
}

function forEachTied(open: OpenItems, item: number, visit: (to: number) => void): void {
  const { outOf, ties } = open;
  for (let tie = at(outOf.first, item); tie !== end; tie = at(outOf.next, tie)) {
    const to = hostOf(open, at(ties.to, tie));
    if (to !== end && to !== item) visit(to);
  }
}

// Whoever is tied to it pays for that in any case.
function leave(open: OpenItems, item: number, changes: (item: number) => void): void {
  const { prices, hosts, into, ties } = open;
  for (let tie = at(into.first, item); tie !== end; tie = at(into.next, tie)) {
    const from = hostOf(open, at(ties.from, tie));
    prices[from] = at(prices, from) + at(ties.capacity, tie);
    changes(from);
  }
  forEachTied(open, item, changes);
  hosts[item] = end;
}

function listed(open: OpenItems): Simplified {
  const places = new Int32Array(open.hosts.length);
  const members: number[][] = [];
  const prices: number[] = [];
  const worths: number[] = [];
  for (let item = 0; item < places.length; item++) {
    if (!isOpen(open, item)) continue;
    places[item] = members.push([]) - 1;
    prices.push(at(open.prices, item));
    worths.push(at(open.worths, item));
  }
  for (let item = 0; item < places.length; item++) {
    const host = hostOf(open, item);
    if (host !== end) members[at(places, host)]?.push(item);
  }
  return { members, prices, worths, ties: tiesBetween(open, places) };
}

function tiesBetween(open: OpenItems, places: Int32Array): Arcs {
  const { count, from, to, capacity } = open.ties;
  const ties = roomFor(count);
  for (let tie = 0; tie < count; tie++) {
    const [start, stop] = [hostOf(open, at(from, tie)), hostOf(open, at(to, tie))];
    const isGone = start === end || stop === end || start === stop;
    if (!isGone) addArc(ties, at(places, start), at(places, stop), at(capacity, tie));
  }
  return ties;
}
