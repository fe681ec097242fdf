import type { Run } from "./run-child.ts";

/** A program to be timed. */
export interface Contestant {
  readonly name: string;
  readonly run: () => Promise<Run>;
}

/** Several numbers of the same thing: the middle one, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What a contestant needed over all rounds. */
export interface Result {
  readonly name: string;
  readonly seconds: Spread;
  readonly megabytes: Spread | undefined;
  /** The last run, for what it printed. */
  readonly last: Run;
}

/** Runs every contestant once a round, in turn, so that what slows the machine down meets them all alike. */
export async function alternate(contestants: readonly Contestant[], rounds: number): Promise<readonly Result[]> {
  const runs = new Map<string, Run[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contestants) runs.get(name)?.push(await run());
  }
  return [...runs].flatMap(([name, all]) => resultOf(name, all));
}

function resultOf(name: string, runs: readonly Run[]): readonly Result[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  const megabytes = runs.flatMap((run) => run.megabytes ?? []);
  return [
    {
      name,
      seconds: spreadOf(runs.map(({ seconds }) => seconds)),
      megabytes: megabytes.length === 0 ? undefined : spreadOf(megabytes),
      last,
    },
  ];
}

/** Of at least one number. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    lowest: at(0),
    highest: at(sorted.length - 1),
  };
}
