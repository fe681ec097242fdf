import type { PositionId } from "../graph.ts";
import type { ReleaseOffer } from "./release-offer.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** Items of an offer that are taken together. */
export interface Chosen {
  readonly items: ReadonlySet<number>;
  readonly positions: ReadonlySet<PositionId>;
}

/** These positions, these releases, and all that they require: no choice is left, since casts are paid and not chosen. */
export function requiredBy(
  { things, ties }: ReleaseOffer,
  within: ReadonlySet<PositionId>,
  sites: readonly ReleaseSite[],
): Chosen {
  const callees = new Set(sites.map(({ callee }) => callee));
  const requires = new Map<number, number[]>();
  for (const { from, to, capacity } of ties) {
    if (capacity === Number.POSITIVE_INFINITY) requires.set(from, [...(requires.get(from) ?? []), to]);
  }
  const items = new Set<number>();
  for (const [item, thing] of things.entries()) {
    const isWanted =
      thing.kind === "position"
        ? within.has(thing.position)
        : thing.kind === "release" && callees.has(thing.site.callee);
    if (isWanted) items.add(item);
  }
  // The set grows while it is walked.
  for (const item of items) for (const next of requires.get(item) ?? []) items.add(next);
  const positions = [...items].flatMap((item) => {
    const thing = things[item];
    return thing?.kind === "position" ? [thing.position] : [];
  });
  return { items, positions: new Set(positions) };
}

/**
 * What the items cost together, with every cast at their border; infinite when it cannot be had. A release that becomes
 * possible and a cast that becomes needless come with them.
 */
export function priceOf(offer: ReleaseOffer, { items }: Pick<Chosen, "items">): number {
  const { prices, ties } = offer;
  const all = new Set([...items, ...completed(offer, items)]);
  const own = [...all].reduce((sum, item) => sum + (prices[item] ?? 0), 0);
  return ties.reduce((sum, { from, to, capacity }) => (all.has(from) && !all.has(to) ? sum + capacity : sum), own);
}

// Not positions, and all that they require is there.
function completed({ things, ties }: ReleaseOffer, items: ReadonlySet<number>): readonly number[] {
  const near = new Set(
    ties.flatMap(({ from, to }) => (items.has(from) && things[to]?.kind !== "position" ? [to] : [])),
  );
  for (const { from, to, capacity } of ties) {
    if (capacity === Number.POSITIVE_INFINITY && !items.has(to)) near.delete(from);
  }
  return [...near];
}
