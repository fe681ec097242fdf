import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hullOf, type Offer } from "../src/engine/price/parametric-cut.ts";
import { columnsOf } from "../src/engine/solver/arcs.ts";
import { minimumCut } from "../src/engine/solver/min-cut.ts";
import { replaceBlock } from "../src/report/marked-block.ts";
import { repository } from "./ask-meter.ts";
import { type Random, randomFrom } from "./generated/random.ts";
import { table } from "./markdown.ts";

const positions = 100_000;
const sites = 1_000;
const rounds = 5;

/** To which earlier position one requires the next: near, as along a call chain; half as far, as in a tree; anywhere. */
const shapes = {
  chains: (item: number, random: Random) => Math.max(0, item - 1 - random.below(50)),
  trees: (item: number) => item >> 1,
  tangles: (item: number, random: Random) => random.below(item),
} as const;

function offerOf(nearer: (item: number, random: Random) => number): Offer {
  const random = randomFrom(7);
  const prices = Array.from({ length: positions }, () => (random.below(5) === 0 ? 0 : 1));
  const worths = prices.map(() => 0);
  const ties = prices.flatMap((_, item) => {
    if (item === 0) return [];
    return Array.from({ length: 1 + random.below(2) }, () => {
      const to = nearer(item, random);
      const required = { from: item, to, capacity: random.below(10) < 7 ? Number.POSITIVE_INFINITY : 1 };
      return random.below(10) < 3 ? [required, { from: to, to: item, capacity: 1 }] : [required];
    }).flat();
  });
  for (let placed = 0; placed < sites; ) {
    const item = random.below(positions);
    if (worths[item] === 1) continue;
    worths[item] = 1;
    prices[item] = 1;
    placed++;
  }
  return { prices, worths, ties };
}

// One exchange rate, asked of the whole network by the same maximum flow.
function cutOnce({ prices, worths, ties }: Offer): void {
  const [source, sink] = [positions, positions + 1];
  const arcs = prices.flatMap((price, item) => [
    { from: source, to: item, capacity: 5 * (worths[item] ?? 0) },
    { from: item, to: sink, capacity: price },
  ]);
  const all = [...arcs.filter(({ capacity }) => capacity > 0), ...ties];
  minimumCut(positions + 2, columnsOf(all), source, sink);
}

function milliseconds(work: () => void): number {
  const start = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - start) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

const rows = Object.entries(shapes).map(([name, nearer]) => {
  const offer = offerOf(nearer);
  const corners = hullOf(offer).length;
  const runs = Array.from({ length: rounds }, () => [
    milliseconds(() => hullOf(offer)),
    milliseconds(() => cutOnce(offer)),
  ]);
  const [hull, cut] = [median(runs.map(([first]) => first ?? 0)), median(runs.map(([, second]) => second ?? 0))];
  return [name, positions, sites, corners, `${(hull / 1000).toFixed(2)} s`, `${(hull / cut).toFixed(1)} x`];
});
const block = table(["shape", "positions", "release sites", "corners", "processor time", "of one minimum cut"], rows);
console.log(block);
const file = join(repository, "docs/speed.md");
writeFileSync(file, replaceBlock(readFileSync(file, "utf8"), "hull", block));
