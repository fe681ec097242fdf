import type { Timings } from "./answer/report.ts";

/** What a run spends its time on. */
export type Phase = Exclude<keyof Timings, "totalMs">;

/** Is told of a phase that begins, with the number of the project's files where it is known. */
export type Watch = (phase: Phase, files: number | undefined) => void;

/** Wall time by phase; a phase that comes more than once is added up. */
export interface Clock {
  time<Result>(phase: Phase, work: () => Result): Result;
  /** The number of the project's files, for those who watch. */
  sees(files: number): void;
  timings(): Timings;
}

/** A clock that starts now. */
export function startClock(watch: Watch): Clock {
  const start = performance.now();
  const spent = { load: 0, collect: 0, solve: 0, plan: 0, verify: 0 };
  let seen: number | undefined;
  return {
    time: (phase, work) => {
      watch(phase, seen);
      const before = performance.now();
      const result = work();
      spent[phase] += Math.round(performance.now() - before);
      return result;
    },
    sees: (files) => {
      seen = files;
    },
    timings: () => ({ ...spent, totalMs: Math.round(performance.now() - start) }),
  };
}
