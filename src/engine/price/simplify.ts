import type { Arc } from "../min-cut.ts";

/** An offer whose items stand for one or more of another one's. */
export interface Simplified {
  /** By item; what can never be worth choosing is in none. */
  readonly members: readonly (readonly number[])[];
  readonly prices: readonly number[];
  readonly worths: readonly number[];
  readonly ties: readonly Arc[];
}

interface Item {
  readonly members: number[];
  price: number;
  readonly worth: number;
  /** Ties of others to it, and its own to others, each by the other's number. */
  readonly into: Map<number, number>;
  readonly outOf: Map<number, number>;
}

/**
 * A smaller offer with the same hull. Three kinds of item go, all without worth of their own:
 * what only one item is tied to, which requires it, is chosen exactly when that one is;
 * what requires each other is chosen together;
 * what nobody requires and costs no less than all ties to it never pays.
 * In programs nearly everything goes: most positions have one consumer, or none that leads to a release.
 */
export function simplify(prices: readonly number[], worths: readonly number[], ties: readonly Arc[]): Simplified {
  const items = new Map<number, Item>(
    prices.map((price, i) => [i, { members: [i], price, worth: worths[i] ?? 0, into: new Map(), outOf: new Map() }]),
  );
  for (const { from, to, capacity } of ties) if (from !== to && capacity > 0) tie(items, from, to, capacity);

  const queue = [...items.keys()];
  const isQueued = new Uint8Array(prices.length).fill(1);
  // The queue grows while it is worked off.
  for (const number of queue) {
    isQueued[number] = 0;
    const item = items.get(number);
    if (item === undefined || item.worth > 0) continue;
    for (const changed of remove(items, number, item))
      if (isQueued[changed] === 0) {
        isQueued[changed] = 1;
        queue.push(changed);
      }
  }
  return listed(items);
}

// The items that its going has changed; none when it stays.
function remove(items: Map<number, Item>, number: number, item: Item): readonly number[] {
  const [only] = item.into.size === 1 ? item.into : [];
  if (only?.[1] === endless) return contract(items, number, item, only[0]);

  const partner = [...item.into].find(([from, capacity]) => capacity === endless && item.outOf.get(from) === endless);
  if (partner !== undefined) return contract(items, number, item, partner[0]);

  const saved = [...item.into.values()].reduce((sum, capacity) => sum + capacity, 0);
  return saved <= item.price && saved !== endless ? leave(items, number, item) : [];
}

const endless = Number.POSITIVE_INFINITY;

function contract(items: Map<number, Item>, number: number, item: Item, into: number): readonly number[] {
  const host = items.get(into);
  if (host === undefined) return [];
  host.price += item.price;
  for (const member of item.members) host.members.push(member);
  untie(items, number, item);
  for (const [to, capacity] of item.outOf) if (to !== into) tie(items, into, to, capacity);
  for (const [from, capacity] of item.into) if (from !== into) tie(items, from, into, capacity);
  return [into, ...item.outOf.keys(), ...item.into.keys()];
}

// Whoever is tied to it pays for that in any case.
function leave(items: Map<number, Item>, number: number, item: Item): readonly number[] {
  untie(items, number, item);
  for (const [from, capacity] of item.into) {
    const other = items.get(from);
    if (other !== undefined) other.price += capacity;
  }
  return [...item.into.keys(), ...item.outOf.keys()];
}

function tie(items: ReadonlyMap<number, Item>, from: number, to: number, capacity: number): void {
  const [start, end] = [items.get(from), items.get(to)];
  if (start === undefined || end === undefined) return;
  const sum = (start.outOf.get(to) ?? 0) + capacity;
  start.outOf.set(to, sum);
  end.into.set(from, sum);
}

function untie(items: Map<number, Item>, number: number, item: Item): void {
  items.delete(number);
  for (const from of item.into.keys()) items.get(from)?.outOf.delete(number);
  for (const to of item.outOf.keys()) items.get(to)?.into.delete(number);
}

function listed(items: ReadonlyMap<number, Item>): Simplified {
  const places = new Map([...items.keys()].map((number, place) => [number, place]));
  const placeOf = (number: number) => places.get(number) ?? 0;
  const all = [...items];
  return {
    members: all.map(([, { members }]) => members),
    prices: all.map(([, { price }]) => price),
    worths: all.map(([, { worth }]) => worth),
    ties: all.flatMap(([number, { outOf }]) =>
      [...outOf].map(([to, capacity]) => ({ from: placeOf(number), to: placeOf(to), capacity })),
    ),
  };
}
