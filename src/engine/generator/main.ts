import { parseArgs } from "node:util";
import { recordFailure } from "./record-failure.ts";
import { describeTally, kinds, tryPrograms } from "./tally.ts";

/** Tries `--count` programs from `--seed` on, and leaves the smallest failure of each kind as a fixture. */
function main(): number {
  const { values } = parseArgs({
    options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "10000" } },
  });
  const [seed, count] = [values.seed, values.count].map(Number);
  if (!Number.isInteger(seed) || !Number.isInteger(count)) {
    console.error("--seed and --count: whole numbers, such as --seed 7 --count 10000");
    return 2;
  }
  const tallies = kinds.map((kind, i) => {
    const tally = tryPrograms(kind, kinds.length * (seed ?? 1) + i, Math.ceil((count ?? 0) / kinds.length));
    console.log(`seed ${seed}: ${describeTally(tally)}`);
    if (tally.failure === undefined) return tally;
    console.log(tally.failure.violations.join("\n"));
    console.log(`written to ${recordFailure(tally.failure, "src/engine/fixtures")}`);
    return tally;
  });
  return tallies.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

process.exitCode = main();
