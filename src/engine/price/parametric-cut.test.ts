import fc from "fast-check";
import { FlowEdge, FlowNetwork, FordFulkerson } from "js-graph-algorithms";
import { expect, test } from "vitest";
import { hullOf, type Offer } from "./parametric-cut.ts";

const endless = Number.POSITIVE_INFINITY;

test("what is cheap for its worth comes first, what requires the same trunk pays for it once", () => {
  // 0 is a trunk of price 3; 1 and 2 require it; 3 stands alone.
  const offer: Offer = {
    prices: [3, 1, 1, 2],
    worths: [0, 1, 1, 1],
    ties: [
      { from: 1, to: 0, capacity: endless },
      { from: 2, to: 0, capacity: endless },
    ],
  };
  expect(corners(offer)).toEqual([
    [2, 1, [3]],
    [7, 3, [0, 1, 2, 3]],
  ]);
});

test("leaving something out costs the cast between, and choosing it saves the cast", () => {
  const offer: Offer = { prices: [1, 5], worths: [1, 1], ties: [{ from: 0, to: 1, capacity: 2 }] };
  expect(corners(offer)).toEqual([[6, 2, [0, 1]]]);
  expect(corners({ ...offer, prices: [1, 9] })).toEqual([
    [3, 1, [0]],
    [10, 2, [0, 1]],
  ]);
});

test("what requires each other in a circle is had together or not at all", () => {
  const circle = [0, 1, 2].map((from) => ({ from, to: (from + 1) % 3, capacity: endless }));
  const offer: Offer = { prices: [1, 2, 3, 4], worths: [1, 0, 1, 1], ties: circle };
  expect(corners(offer)).toEqual([
    [6, 2, [0, 1, 2]],
    [10, 3, [0, 1, 2, 3]],
  ]);
  expect(corners({ ...offer, prices: [1, endless, 3, 4] })).toEqual([[4, 1, [3]]]);
});

test("what requires something that cannot be had is never chosen", () => {
  const offer: Offer = {
    prices: [0, endless, 4],
    worths: [1, 0, 1],
    ties: [
      { from: 0, to: 1, capacity: endless },
      { from: 2, to: 1, capacity: 3 },
    ],
  };
  expect(corners(offer)).toEqual([[7, 1, [2]]]);
});

const small = fc.integer({ min: 1, max: 16 }).chain((count) => offers(count, 2.2));
const large = fc.integer({ min: 300, max: 600 }).chain((count) => offers(count, 1.8));

function offers(count: number, density: number): fc.Arbitrary<Offer> {
  const item = fc.nat(count - 1);
  const capacity = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(endless));
  const price = fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant(endless) });
  const size = { minLength: count, maxLength: count };
  const most = Math.ceil(count * density);
  return fc.record({
    prices: fc.array(price, size),
    worths: fc.array(fc.oneof(fc.constant(0), fc.constantFrom(0, 1, 1, 2)), size),
    ties: fc.array(fc.record({ from: item, to: item, capacity }), { minLength: most >> 1, maxLength: most }),
  });
}

test("the corners are those of the hull of all choices there are", () => {
  fc.assert(
    fc.property(small, (offer) => {
      const found = corners(offer);
      expect(found.map(([price, worth]) => [price, worth])).toEqual(hullByHand(offer));
      for (const [price, worth, chosen] of found) {
        expect(priceOf(offer, new Set(chosen))).toBe(price);
        expect(chosen.reduce((sum, item) => sum + (offer.worths[item] ?? 0), 0)).toBe(worth);
      }
    }),
    { seed: 1, numRuns: 1000 },
  );
}, 120_000);

test("on larger offers another max-flow says the same of every exchange rate between two corners", () => {
  fc.assert(
    fc.property(large, (offer) => {
      const points = [[0, 0], ...corners(offer)] as const;
      const steps = hullOf(offer).filter(({ price }) => price > 0);
      for (const { price, worth } of steps.slice(0, 4)) {
        const best = Math.min(...points.map(([p, w]) => worth * p - price * w));
        expect(byAnotherMaxFlow(offer, price, worth)).toBe(best);
      }
    }),
    { seed: 2, numRuns: 30 },
  );
}, 120_000);

function corners(offer: Offer): readonly (readonly [price: number, worth: number, chosen: readonly number[]])[] {
  let price = 0;
  let worth = 0;
  let chosen: readonly number[] = [];
  return hullOf(offer).map((step) => {
    price += step.price;
    worth += step.worth;
    chosen = [...chosen, ...step.items].sort((a, b) => a - b);
    return [price, worth, chosen] as const;
  });
}

function priceOf({ prices, ties }: Offer, chosen: ReadonlySet<number>): number {
  const items = [...chosen].reduce((sum, item) => sum + (prices[item] ?? 0), 0);
  const paid = ties.filter(({ from, to, capacity }) => capacity > 0 && chosen.has(from) && !chosen.has(to));
  return paid.reduce((sum, { capacity }) => sum + capacity, items);
}

// The cheapest price of each worth by trying every choice, then a hull by cross products.
function hullByHand(offer: Offer): readonly (readonly [number, number])[] {
  const cheapest = new Map<number, number>();
  for (let mask = 0; mask < 2 ** offer.prices.length; mask++) {
    const isChosen = (item: number) => ((mask >> item) & 1) === 1;
    const worth = offer.worths.reduce((sum, each, item) => (isChosen(item) ? sum + each : sum), 0);
    const items = offer.prices.reduce((sum, each, item) => (isChosen(item) ? sum + each : sum), 0);
    const price = offer.ties.reduce(
      (sum, { from, to, capacity }) => (isChosen(from) && !isChosen(to) ? sum + capacity : sum),
      items,
    );
    if (price < (cheapest.get(worth) ?? endless)) cheapest.set(worth, price);
  }
  const points = [...cheapest].sort(([a], [b]) => a - b);
  const hull: [worth: number, price: number][] = [];
  for (const [worth, price] of points) {
    for (let last = hull.at(-1), before = hull.at(-2); last && before; last = hull.at(-1), before = hull.at(-2)) {
      const isBelow = (last[1] - before[1]) * (worth - before[0]) < (price - before[1]) * (last[0] - before[0]);
      if (isBelow) break;
      hull.pop();
    }
    hull.push([worth, price]);
  }
  return hull.slice(1).map(([worth, price]) => [price, worth] as const);
}

// min over all choices of rate.worth * price - rate.price * worth, on the network as it was offered.
function byAnotherMaxFlow({ prices, worths, ties }: Offer, price: number, worth: number): number {
  const [source, sink] = [prices.length, prices.length + 1];
  const network = new FlowNetwork(prices.length + 2);
  // A finite number above every finite cut stands for an infinite one.
  const most = 1e9;
  const arc = (from: number, to: number, capacity: number) =>
    network.addEdge(new FlowEdge(from, to, Math.min(capacity, most)));
  for (const [item, each] of prices.entries()) {
    arc(source, item, price * (worths[item] ?? 0));
    arc(item, sink, each === 0 ? 0 : worth * each);
  }
  for (const { from, to, capacity } of ties) if (capacity > 0 && from !== to) arc(from, to, worth * capacity);
  const total = worths.reduce((sum, each) => sum + each, 0);
  return new FordFulkerson(network, source, sink).value - price * total;
}
