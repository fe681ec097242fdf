import { type Arc, type Arcs, addArc, columnsOf, roomFor } from "../min-cut.ts";
import { at, type Chains, chainsBy, dropAfter, end, moveChain } from "./chains.ts";
import { mutuallyRequired } from "./mutually-required.ts";

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
  const open = opened(prices, worths, columnsOf(ties));
  for (const [item, leader] of mutuallyRequired(open.ties, open.outOf, open.into).entries()) {
    if (leader !== item) contract(open, item, leader);
  }
  const queue = Array.from(prices.keys());
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

/** Items and ties while they become fewer. */
interface Open {
  readonly prices: Float64Array;
  readonly worths: Float64Array;
  /** What an item has become a part of; itself while it stands for itself, `end` when it has left. */
  readonly hosts: Int32Array;
  /** Between items as they were: whom their ends are a part of now is looked up. */
  readonly ties: Arcs;
  readonly outOf: Chains;
  readonly into: Chains;
}

function opened(prices: readonly number[], worths: readonly number[], ties: Arcs): Open {
  return {
    prices: Float64Array.from(prices),
    worths: Float64Array.from(worths),
    hosts: Int32Array.from(prices, (_, item) => item),
    ties,
    outOf: chainsBy(ties.from, ties.count, prices.length),
    into: chainsBy(ties.to, ties.count, prices.length),
  };
}

function isOpen({ hosts }: Open, item: number): boolean {
  return at(hosts, item) === item;
}

// Whom an item is a part of, `end` if that has left. Ways are halved as they are walked.
function hostOf({ hosts }: Open, item: number): number {
  for (let part = item; ; ) {
    const host = at(hosts, part);
    if (host === part || host === end) return host;
    const further = at(hosts, host);
    if (further !== end) hosts[part] = further;
    part = host;
  }
}

function remove(open: Open, item: number, changes: (item: number) => void): void {
  const { only, sum } = tiesTo(open, item);
  const price = at(open.prices, item);
  const hasWorth = at(open.worths, item) > 0;
  if (!hasWorth && only !== end && sum === endless) {
    // What both of them are tied to may have only one left that is tied to it.
    const [fewer] = [item, only].sort((a, b) => at(open.outOf.lengths, a) - at(open.outOf.lengths, b));
    for (const to of tiedToBy(open, fewer ?? item)) changes(to);
    changes(only);
    contract(open, item, only);
  } else if (price === endless || (!hasWorth && sum <= price)) leave(open, item, changes);
}

// Who is tied to an item, if that is only one, and by how much all are together. Ties that are gone are taken out.
function tiesTo(open: Open, item: number): { readonly only: number; readonly sum: number } {
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

function tiedToBy(open: Open, item: number): readonly number[] {
  const { outOf, ties } = open;
  const result: number[] = [];
  for (let tie = at(outOf.first, item); tie !== end; tie = at(outOf.next, tie)) {
    const to = hostOf(open, at(ties.to, tie));
    if (to !== end && to !== item) result.push(to);
  }
  return result;
}

function contract({ prices, worths, hosts, outOf, into }: Open, item: number, host: number): void {
  prices[host] = at(prices, host) + at(prices, item);
  worths[host] = at(worths, host) + at(worths, item);
  hosts[item] = host;
  moveChain(outOf, item, host);
  moveChain(into, item, host);
}

// Whoever is tied to it pays for that in any case.
function leave(open: Open, item: number, changes: (item: number) => void): void {
  const { prices, hosts, into, ties } = open;
  for (let tie = at(into.first, item); tie !== end; tie = at(into.next, tie)) {
    const from = hostOf(open, at(ties.from, tie));
    prices[from] = at(prices, from) + at(ties.capacity, tie);
    changes(from);
  }
  for (const to of tiedToBy(open, item)) changes(to);
  hosts[item] = end;
}

function listed(open: Open): Simplified {
  const items = [...open.hosts.keys()].filter((item) => isOpen(open, item));
  const places = new Int32Array(open.hosts.length);
  for (const [place, item] of items.entries()) places[item] = place;
  const members = items.map((): number[] => []);
  for (const item of open.hosts.keys()) members[at(places, hostOf(open, item))]?.push(item);
  const of = (list: Float64Array) => items.map((item) => at(list, item));
  return { members, prices: of(open.prices), worths: of(open.worths), ties: tiesBetween(open, places) };
}

function tiesBetween(open: Open, places: Int32Array): Arcs {
  const { count, from, to, capacity } = open.ties;
  const ties = roomFor(count);
  for (let tie = 0; tie < count; tie++) {
    const [start, stop] = [hostOf(open, at(from, tie)), hostOf(open, at(to, tie))];
    const isGone = start === end || stop === end || start === stop;
    if (!isGone) addArc(ties, at(places, start), at(places, stop), at(capacity, tie));
  }
  return ties;
}
