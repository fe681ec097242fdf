import type { Report } from "../../src/engine/answer/report.ts";
import { compilerRun, type LoopOutcome, loopRun, measureRun, outcomeOf, reportOf } from "./contestants.ts";
import { alternate, type Result } from "./rounds.ts";
import type { Subject } from "./subjects.ts";
import { wanted } from "./targets.ts";

/** What may be changed about the timing. */
export interface BenchOptions {
  /** Instead of the subject's own number. */
  readonly rounds: number | undefined;
  /** A folder for CPU profiles of the meter, which slow it down. */
  readonly profiles: string | undefined;
}

/** All that was timed about one subject, in one run. */
export interface SubjectResult {
  readonly subject: Subject;
  readonly rounds: number;
  readonly tsc6: Result;
  readonly tsc7: Result;
  /** `measure --no-verify`. */
  readonly meter: Result;
  /** `measure`, which asks the compiler as well. */
  readonly verified: Result;
  readonly loop: (LoopOutcome & { readonly seconds: number }) | undefined;
  /** Of the last run with the compiler's verdict. */
  readonly report: Report;
}

/** Times the compilers and the meter in turn, then the loop, once. */
export async function benchSubject(subject: Subject, options: BenchOptions): Promise<SubjectResult> {
  const project = subject.prepare();
  const rounds = options.rounds ?? subject.rounds;
  const profile = options.profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profiles}`];
  const contestants = [
    compilerRun("tsc 6.0", "typescript-6", project),
    compilerRun("tsc 7.0", "typescript", project),
    measureRun(subject, project, ["--no-verify"], profile),
    measureRun(subject, project, [], []),
  ];
  const [tsc6, tsc7, meter, verified] = await alternate(contestants, rounds);
  if (!tsc6 || !tsc7 || !meter || !verified) throw new Error("nothing was timed; ask for at least one round");
  const report = reportOf(verified.last, subject.name);
  // Where that is over, the target is met, whatever else the loop would do.
  const limit = Math.ceil(wanted.loop * 1.1 * meter.seconds.median);
  const loop = subject.loop ? await timeLoop(subject, project, report, limit) : undefined;
  return { subject, rounds, tsc6, tsc7, meter, verified, report, loop };
}

async function timeLoop(
  subject: Subject,
  project: string,
  report: Report,
  limit: number,
): Promise<SubjectResult["loop"]> {
  const run = await loopRun(subject, project, report, limit).run();
  return { ...outcomeOf(run, subject.name), seconds: run.seconds };
}
