import type { SubjectResult } from "./bench-subject.ts";
import type { Result } from "./rounds.ts";

/** What is wanted: of one check by TypeScript 6.0; of one by the compiler that gave the verdict; times the loop. */
export const wanted = { time: 0.6, memory: 1, verdict: 1, loop: 20 } as const;

/** The measured figures beside what is wanted; undefined where there is none. */
export interface Ratios {
  readonly time: number;
  readonly memory: number | undefined;
  readonly verdict: number;
  /** A lower bound unless the loop got to the end. */
  readonly loop: number | undefined;
}

/** The ratios of one subject, of medians. */
export function ratiosOf({ tsc6, meter, verified, loop, ...result }: SubjectResult): Ratios {
  const judge = judgeOf({ tsc6, ...result });
  return {
    time: meter.seconds.median / tsc6.seconds.median,
    memory: meter.megabytes && tsc6.megabytes && meter.megabytes.median / tsc6.megabytes.median,
    verdict: (verified.seconds.median - meter.seconds.median) / judge.seconds.median,
    loop: loop && loop.seconds / meter.seconds.median,
  };
}

/** The compiler that gave the verdict, as it was timed. */
export function judgeOf({ report, tsc6, tsc7 }: Pick<SubjectResult, "report" | "tsc6" | "tsc7">): Result {
  return /\b7\.\d/.test(report.verdict?.compiler ?? "") ? tsc7 : tsc6;
}

/** By the numbers: what is missed, or that nothing is. A loop that got stuck early says nothing about its time. */
export function judged(result: SubjectResult): string {
  const { time, memory, verdict, loop } = ratiosOf(result);
  const isTooFast = loop !== undefined && loop < wanted.loop;
  const missed = [
    ...(time < wanted.time ? [] : ["time"]),
    ...(memory === undefined || memory < wanted.memory ? [] : ["memory"]),
    ...(verdict <= wanted.verdict ? [] : ["verdict"]),
    ...(isTooFast && result.loop?.end !== "stuck" ? ["loop"] : []),
  ];
  return missed.length === 0 ? "met" : `missed: ${missed.join(", ")}`;
}
