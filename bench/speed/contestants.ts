import { join } from "node:path";
import type { Report } from "../../src/engine/report.ts";
import { commandLine, repository } from "../ask-meter.ts";
import type { Contestant } from "./rounds.ts";
import { runChild } from "./run-child.ts";
import type { Subject } from "./subjects.ts";

const heap = "--max-old-space-size=12000";

/** A compiler's own check of the whole project, under the name of the installed package. */
export function compilerRun(name: string, compiler: string, project: string): Contestant {
  const tsc = join(repository, "node_modules", compiler, "bin/tsc");
  return { name, run: () => runChild(process.execPath, [heap, tsc, "--noEmit", "-p", project], project) };
}

/** The meter as a user starts it; `more` are further options of `measure`. */
export function measureRun(
  name: string,
  { subject, project, more }: { subject: Subject; project: string; more: readonly string[] },
  nodeOptions: readonly string[],
): Contestant {
  const args = ["measure", "-p", project, ...subject.question, "--format", "json", ...more];
  return { name, run: () => runChild(process.execPath, [heap, ...nodeOptions, commandLine, ...args], project) };
}

/** The report that a run of the meter printed. */
export function reportOf(stdout: string, subject: string): Report {
  if (stdout === "") throw new Error(`${subject}: the meter printed nothing; run the question by hand`);
  return JSON.parse(stdout) as Report;
}
