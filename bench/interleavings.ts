import { parseArgs } from "node:util";
import { playStory, tryStories } from "./interleavings/tally.ts";

/** Plays `--count` random interleavings from `--seed` on, or the one that `--story` tells as JSON; see bench/README.md. */
function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "10000" },
      story: { type: "string" },
    },
  });
  if (values.story !== undefined) return print(playStory(values.story));

  const [seed, count] = [Number(values.seed), Number(values.count)];
  if (!Number.isInteger(seed) || !Number.isInteger(count)) {
    console.error("--seed and --count: whole numbers, such as --seed 7 --count 10000");
    return 2;
  }
  return print(tryStories(seed, count));
}

function print({ lines, failed }: { readonly lines: readonly string[]; readonly failed: boolean }): number {
  console.log(lines.join("\n"));
  return failed ? 1 : 0;
}

process.exitCode = main();
