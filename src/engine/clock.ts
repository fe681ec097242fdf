import type { Timings } from "./report.ts";

/** Wall time by phase; a phase that comes more than once is added up. */
export interface Clock {
  time<Result>(phase: Exclude<keyof Timings, "totalMs">, work: () => Result): Result;
  timings(): Timings;
}

/** A clock that starts now. */
export function startClock(): Clock {
  const start = performance.now();
  const spent = { load: 0, collect: 0, solve: 0, plan: 0, verify: 0 };
  return {
    time: (phase, work) => {
      const before = performance.now();
      const result = work();
      spent[phase] += Math.round(performance.now() - before);
      return result;
    },
    timings: () => ({ ...spent, totalMs: Math.round(performance.now() - start) }),
  };
}
