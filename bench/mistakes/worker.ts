import { readFileSync } from "node:fs";
import type { Prepared } from "./prepare.ts";
import { bundleFor, runMutant } from "./run-mutant.ts";

// A process of its own: what a mistake does to its memory, it does there.
const { stage, runs } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Prepared;
const bundle = bundleFor(stage);

process.on("message", (index: number) => {
  const run = runs[index];
  process.send?.(run === undefined ? {} : runMutant(stage, bundle, run));
});
process.send?.("ready");
