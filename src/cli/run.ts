import { study } from "../engine/measure.ts";
import type { Io } from "./io.ts";
import { runWith } from "./run-with.ts";

/** Runs one command line. Exit code: 0 done, 1 negative answer, 2 wrong usage or unreadable input, 70 a bug of ours. */
export function run(argv: readonly string[], io: Io): number {
  return runWith(study, argv, io);
}
