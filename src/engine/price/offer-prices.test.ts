import fc from "fast-check";
import { expect, test } from "vitest";
import { positionIdOf } from "../graph/graph.ts";
import { added, nothing, priced, together } from "./offer-prices.ts";
import type { ReleaseOffer, Thing } from "./release-offer.ts";

const endless = Number.POSITIVE_INFINITY;
const count = 10;

const offers: fc.Arbitrary<ReleaseOffer> = fc.record({
  prices: fc.array(fc.nat(4), { minLength: count, maxLength: count }),
  worths: fc.constant([]),
  things: fc.array(fc.constantFrom("position", "release", "cast"), { minLength: count, maxLength: count }).map(things),
  ties: fc.array(
    fc.record({
      from: fc.nat(count - 1),
      to: fc.nat(count - 1),
      capacity: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(endless)),
    }),
    { maxLength: 20 },
  ),
});

function things(kinds: readonly Thing["kind"][]): readonly Thing[] {
  return kinds.map((kind, start) => {
    const site = { file: "a.ts", line: 1, column: 1, start, end: start + 1 };
    if (kind === "position") return { kind, position: positionIdOf(`a.ts ${start}`) };
    return kind === "cast" ? { kind, site } : { kind, site: { callee: site, flows: [] } };
  });
}

const items = fc.uniqueArray(fc.nat(count - 1), { maxLength: 4 });

test("what is added to a choice costs what both together cost more", () => {
  fc.assert(
    fc.property(offers, items, items, (offer, first, second) => {
      const index = priced(offer);
      const before = added(index, nothing, first);
      const both = together(before, added(index, before, second));
      const atOnce = added(index, nothing, [...first, ...second]);
      expect([...both.items].sort()).toEqual([...atOnce.items].sort());
      expect([...both.all].sort()).toEqual([...atOnce.all].sort());
      expect(both.price).toBe(atOnce.price);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test("a choice costs its items, and the casts of what it is tied to and leaves out", () => {
  fc.assert(
    fc.property(offers, items, (offer, wanted) => {
      const { all, price } = added(priced(offer), nothing, wanted);
      const own = [...all].reduce((sum, item) => sum + (offer.prices[item] ?? 0), 0);
      const cut = offer.ties.filter(({ from, to }) => all.has(from) && !all.has(to));
      expect(price).toBe(cut.reduce((sum, { capacity }) => sum + capacity, own));
    }),
    { seed: 2, numRuns: 1000 },
  );
});
