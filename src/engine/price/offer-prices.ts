import type { PositionId, Site } from "../graph/graph.ts";
import { columnsOf } from "../solver/arcs.ts";
import { at, type Chains, chainsBy, end } from "./chains.ts";
import type { ReleaseOffer, Thing } from "./release-offer.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** An offer whose items and ties can be looked up. */
export interface PricedOffer {
  readonly offer: ReleaseOffer;
  readonly outOf: Chains;
  readonly into: Chains;
  readonly positions: ReadonlyMap<PositionId, number>;
  readonly releases: ReadonlyMap<Site, number>;
}

/** Items that are taken together, or what one choice has more than another. */
export interface Choice {
  /** What is wanted and all that it requires: no choice is left there, since casts are paid and not chosen. */
  readonly items: ReadonlySet<number>;
  /** With the releases that become possible and the casts that become needless by them. */
  readonly all: ReadonlySet<number>;
  /** With every cast at the border; infinite when it cannot be had. */
  readonly price: number;
}

/** The offer by position and by release. */
export function priced(offer: ReleaseOffer): PricedOffer {
  const { from, to, count } = columnsOf(offer.ties);
  const positions = new Map<PositionId, number>();
  const releases = new Map<Site, number>();
  for (const [item, thing] of offer.things.entries()) {
    if (thing.kind === "position") positions.set(thing.position, item);
    if (thing.kind === "release") releases.set(thing.site.callee, item);
  }
  const size = offer.things.length;
  return { offer, outOf: chainsBy(from, count, size), into: chainsBy(to, count, size), positions, releases };
}

/** The items for these positions and releases. */
export function itemsFor(
  { positions, releases }: PricedOffer,
  within: ReadonlySet<PositionId>,
  sites: readonly ReleaseSite[],
): readonly number[] {
  const branded = [...within].flatMap((position) => positions.get(position) ?? []);
  return [...branded, ...sites.flatMap(({ callee }) => releases.get(callee) ?? [])];
}

/** The positions of a choice. */
export function positionsOf({ offer }: PricedOffer, { items }: Choice): readonly PositionId[] {
  return [...items].flatMap((item) => {
    const thing: Thing | undefined = offer.things[item];
    return thing?.kind === "position" ? [thing.position] : [];
  });
}

/** The choice of nothing, which costs nothing. */
export const nothing: Choice = { items: new Set(), all: new Set(), price: 0 };

/** What wanting some items adds to a choice; only what is added is looked at. */
export function added(priced: PricedOffer, before: Choice, wanted: readonly number[]): Choice {
  const items = new Set(wanted.filter((item) => !before.items.has(item)));
  // The set grows while it is walked.
  for (const item of items) {
    for (const { to, capacity } of tiesOf(priced, item)) {
      if (capacity === endless && !before.items.has(to)) items.add(to);
    }
  }
  const has = (item: number) => items.has(item) || before.items.has(item);
  const all = new Set([...items, ...completed(priced, items, has)].filter((item) => !before.all.has(item)));
  return { items, all, price: priceOf(priced, before, all) };
}

/** A choice and what is added to it. */
export function together(before: Choice, more: Choice): Choice {
  return {
    items: new Set([...before.items, ...more.items]),
    all: new Set([...before.all, ...more.all]),
    price: before.price + more.price,
  };
}

const endless = Number.POSITIVE_INFINITY;

// Not positions, something that is chosen is tied to them, and all that they require is there.
function completed(priced: PricedOffer, items: ReadonlySet<number>, has: (item: number) => boolean): readonly number[] {
  const near = new Set([...items].flatMap((item) => neighbours(priced, item)));
  return [...near].filter(
    (item) =>
      priced.offer.things[item]?.kind !== "position" &&
      tiesTo(priced, item).some(({ from }) => has(from)) &&
      tiesOf(priced, item).every(({ to, capacity }) => capacity !== endless || has(to)),
  );
}

function neighbours(priced: PricedOffer, item: number): readonly number[] {
  return [...tiesOf(priced, item).map(({ to }) => to), ...tiesTo(priced, item).map(({ from }) => from)];
}

// A tie from what was chosen before is saved, one to what is not chosen is paid.
function priceOf(priced: PricedOffer, before: Choice, all: ReadonlySet<number>): number {
  let price = 0;
  for (const item of all) {
    price += priced.offer.prices[item] ?? 0;
    for (const { to, capacity } of tiesOf(priced, item)) if (!all.has(to) && !before.all.has(to)) price += capacity;
    for (const { from, capacity } of tiesTo(priced, item)) if (before.all.has(from)) price -= capacity;
  }
  return price;
}

function tiesOf({ offer, outOf }: PricedOffer, item: number) {
  return chained(offer, outOf, item);
}

function tiesTo({ offer, into }: PricedOffer, item: number) {
  return chained(offer, into, item);
}

function chained({ ties }: ReleaseOffer, { first, next }: Chains, item: number): ReleaseOffer["ties"] {
  const result: ReleaseOffer["ties"][number][] = [];
  for (let tie = at(first, item); tie !== end; tie = at(next, tie)) {
    const found = ties[tie];
    if (found !== undefined) result.push(found);
  }
  return result;
}
