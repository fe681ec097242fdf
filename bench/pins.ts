import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceBlock } from "../src/report/marked-block.ts";
import { repository } from "./ask-meter.ts";
import { table } from "./markdown.ts";
import { BATCH, contestants } from "./pins/contestants.ts";
import { spreadOf } from "./speed/rounds.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    milliseconds: { type: "string", default: "200" },
    /** Print only. */
    "no-write": { type: "boolean", default: false },
  },
});
const [rounds, milliseconds] = [Number(values.rounds), Number(values.milliseconds)];

const CHUNK = 50;

const [plain = [], ...others] = measure();
const rows = [plain, ...others].map((costs, i) => rowOf(contestants[i]?.name ?? "", costs));
const content = [
  table(["detector", "time of a pin and its release", "lowest to highest"], rows),
  `Processor time, as a ratio to no detector in the same round; the median of ${rounds} rounds of ${milliseconds} ms each.
Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}).`,
].join("\n\n");
console.log(content);
console.log(`\nno detector: ${spreadOf(plain).median.toFixed(0)} ns a pin and its release`);

if (!values["no-write"]) {
  const file = join(repository, "docs/detectors.md");
  writeFileSync(file, replaceBlock(readFileSync(file, "utf8"), "pins", content));
}

/** Nanoseconds of a pin, per round, for each contestant. The first round is for the compiler and is not counted. */
function measure(): readonly (readonly number[])[] {
  const costs = contestants.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { prepare }] of contestants.entries()) {
      const cost = costOf(prepare());
      if (round > 0) costs[i]?.push(cost);
    }
  }
  return costs;
}

// Processor time: what else the machine does costs it nothing.
function costOf(pinAndReleaseBatch: () => void): number {
  const before = process.cpuUsage();
  for (let batches = CHUNK; ; batches += CHUNK) {
    for (let i = 0; i < CHUNK; i++) pinAndReleaseBatch();
    const { user, system } = process.cpuUsage(before);
    if (user + system > milliseconds * 1000) return ((user + system) * 1000) / (batches * BATCH);
  }
}

function rowOf(name: string, costs: readonly number[]): readonly string[] {
  const ratios = spreadOf(costs.map((cost, round) => cost / (plain[round] ?? Number.NaN)));
  return [name, ratios.median.toFixed(2), `${ratios.lowest.toFixed(2)} to ${ratios.highest.toFixed(2)}`];
}
