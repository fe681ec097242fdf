import type { Report } from "../../src/engine/report.ts";
import { compilerRun, type LoopOutcome, loopRun, measureRun, outcomeOf, reportOf } from "./contestants.ts";
import { alternate, type Result } from "./rounds.ts";
import type { Subject } from "./subjects.ts";

/** How to time. */
export interface BenchOptions {
  readonly rounds: number;
  /** After this long the loop gives up; 0 leaves it out. */
  readonly loopSeconds: number;
  /** A folder for CPU profiles of the meter, which slow it down. */
  readonly profiles: string | undefined;
}

/** All that was timed about one subject, in one run. */
export interface SubjectResult {
  readonly subject: Subject;
  readonly tsc6: Result;
  readonly tsc7: Result;
  readonly meter: Result;
  /** `measure` with the compiler's verdict, once. */
  readonly verified: Result;
  readonly loop: (LoopOutcome & { readonly seconds: number }) | undefined;
  /** Of the last run without the verdict. */
  readonly report: Report;
}

/** Times the compilers and the meter in turn, then the verdict and the loop once each. */
export async function benchSubject(subject: Subject, options: BenchOptions): Promise<SubjectResult> {
  const project = subject.prepare();
  const profile = options.profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profiles}`];
  const [tsc6, tsc7, meter] = await alternate(
    [
      compilerRun("tsc 6.0", "typescript-6", project),
      compilerRun("tsc 7.0", "typescript", project),
      measureRun(subject, project, ["--no-verify"], profile),
    ],
    options.rounds,
  );
  const [verified] = await alternate([measureRun(subject, project, [], [])], 1);
  if (!tsc6 || !tsc7 || !meter || !verified) throw new Error("nothing was timed; ask for at least one round");
  const report = reportOf(meter.last, subject.name);
  return { subject, tsc6, tsc7, meter, verified, report, loop: await timeLoop(subject, project, report, options) };
}

// In subtype mode the compiler forces nothing from the source on, so the loop would have nothing to do.
async function timeLoop(
  subject: Subject,
  project: string,
  report: Report,
  { loopSeconds }: BenchOptions,
): Promise<SubjectResult["loop"]> {
  if (loopSeconds === 0 || subject.mode === "subtype") return undefined;
  const run = await loopRun(subject, project, report, loopSeconds).run();
  return { ...outcomeOf(run, subject.name), seconds: run.seconds };
}
