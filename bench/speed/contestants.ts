import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../src/engine/answer/report.ts";
import { commandLine, repository } from "../ask-meter.ts";
import type { Contestant } from "./rounds.ts";
import { type Run, runChild } from "./run-child.ts";
import { questionOptions, type Subject } from "./subjects.ts";

// The same for all: a million lines do not fit into Node's default heap on every machine.
const heap = "--max-old-space-size=12000";

/** A compiler's own check of the whole project, under the name of the installed package. */
export function compilerRun(name: string, compiler: string, project: string): Contestant {
  const tsc = join(repository, "node_modules", compiler, "bin/tsc");
  return {
    name,
    run: async () => ended(await runChild(process.execPath, [heap, tsc, "--noEmit", "-p", project], project)),
  };
}

// A compiler that ran out of memory complains of nothing, and sooner.
function ended(run: Run): Run {
  if (run.code === null || run.code > 2)
    throw new Error(`a compiler ended with ${run.code}: ${run.stdout.slice(0, 500)}`);
  return run;
}

/** The meter as a user starts it; `more` are further options of `measure`. */
export function measureRun(
  subject: Subject,
  project: string,
  more: readonly string[],
  node: readonly string[],
): Contestant {
  const args = ["measure", "-p", project, ...questionOptions(subject), "--format", "json", ...more];
  const name = `measure ${more.join(" ")}`.trim();
  return { name, run: () => runChild(process.execPath, [heap, ...node, commandLine, ...args], project) };
}

/** The report that a run of the meter printed. */
export function reportOf({ stdout, code }: Run, subject: string): Report {
  if (!stdout.startsWith("{")) throw new Error(`${subject}: the meter ended with ${code} and no report`);
  return JSON.parse(stdout) as Report;
}

/** What the scripted loop printed. */
export interface LoopOutcome {
  readonly rounds: number;
  readonly edits: number;
  /** Complaints left at the end. */
  readonly errors: number;
  readonly end: "green" | "stuck" | "out of time";
}

/** The scripted loop; it is given the brand's declaration and the source's own edits, which the meter wrote. */
export function loopRun(subject: Subject, project: string, report: Report, seconds: number): Contestant {
  const asked = new Set<string>(report.positions.filter(({ depth }) => depth === 0).map(({ id }) => id));
  const start = join(project, "userpage-loop-start.json");
  const edits = report.edits.filter(({ kind, position }) => kind === "declaration" || asked.has(position ?? ""));
  writeFileSync(start, JSON.stringify(edits));
  const brand = subject.brand.split("#").at(-1) ?? subject.brand;
  const args = ["-p", project, "--start", start, "--base", subject.base, "--brand", brand, "--seconds", `${seconds}`];
  const loop = join(repository, "bench/dist/bench/loop.js");
  return { name: "the loop", run: () => runChild(process.execPath, [heap, loop, ...args], project) };
}

/** What the loop came to. */
export function outcomeOf({ stdout, code }: Run, subject: string): LoopOutcome {
  if (!stdout.startsWith("{")) throw new Error(`${subject}: the loop ended with ${code} and no outcome`);
  return JSON.parse(stdout) as LoopOutcome;
}
