import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arc, columnsOf } from "./arcs.ts";
import { minimumCut, type Side } from "./min-cut.ts";

test("a chain is cut at its cheapest arc", () => {
  const arcs = [
    { from: 0, to: 1, capacity: 3 },
    { from: 1, to: 2, capacity: 1 },
    { from: 2, to: 3, capacity: 2 },
  ];
  const cut = minimumCut(4, columnsOf(arcs), 0, 3);
  expect([cut.value, nodesOf(cut.smallest()), nodesOf(cut.largest())]).toEqual([1, [0, 1], [0, 1]]);
});

test("of two equally cheap cuts both extremes are given", () => {
  const arcs = [
    { from: 0, to: 1, capacity: 1 },
    { from: 1, to: 2, capacity: 1 },
  ];
  const cut = minimumCut(3, columnsOf(arcs), 0, 2);
  expect([cut.value, nodesOf(cut.smallest()), nodesOf(cut.largest())]).toEqual([1, [0], [0, 1]]);
});

test("a way of infinite arcs cannot be cut", () => {
  const endless = { capacity: Number.POSITIVE_INFINITY };
  const arcs = [
    { from: 0, to: 1, ...endless },
    { from: 1, to: 2, ...endless },
    { from: 0, to: 2, capacity: 1 },
  ];
  expect(minimumCut(3, columnsOf(arcs), 0, 2).value).toBe(Number.POSITIVE_INFINITY);
});

const network = fc.integer({ min: 2, max: 8 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  const capacity = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.POSITIVE_INFINITY));
  const arc = fc.record({ from: node, to: node, capacity });
  return fc.record({ nodes: fc.constant(nodes), arcs: fc.array(arc, { maxLength: 24 }) });
});

test("no choice of sides is cheaper, and the cheapest ones lie between the two extremes", () => {
  fc.assert(
    fc.property(network, ({ nodes, arcs }) => {
      const cut = minimumCut(nodes, columnsOf(arcs), 0, nodes - 1);
      const best = Math.min(...sides(nodes).map((side) => priceOf(arcs, side)));
      expect(cut.value).toBe(best);
      if (best === Number.POSITIVE_INFINITY) return;
      const [smallest, largest] = [nodesOf(cut.smallest()), nodesOf(cut.largest())];
      const cheapest = sides(nodes).filter((side) => priceOf(arcs, side) === best);
      for (const side of cheapest) {
        expect(smallest.filter((node) => !side.has(node))).toEqual([]);
        expect([...side].filter((node) => !largest.includes(node))).toEqual([]);
      }
      expect(priceOf(arcs, new Set(smallest))).toBe(best);
      expect(priceOf(arcs, new Set(largest))).toBe(best);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

function nodesOf(side: Side): readonly number[] {
  return [...side.keys()].filter((node) => side[node] === 1);
}

// Every way to put the nodes on two sides, the first and the last apart.
function sides(nodes: number): readonly ReadonlySet<number>[] {
  const inner = Array.from({ length: nodes - 2 }, (_, i) => i + 1);
  const all: ReadonlySet<number>[] = [];
  for (let mask = 0; mask < 2 ** inner.length; mask++) {
    all.push(new Set([0, ...inner.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1)]));
  }
  return all;
}

function priceOf(arcs: readonly Arc[], side: ReadonlySet<number>): number {
  const cut = arcs.filter(({ from, to, capacity }) => capacity > 0 && side.has(from) && !side.has(to));
  return cut.reduce((sum, { capacity }) => sum + capacity, 0);
}
