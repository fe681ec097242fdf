import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../ask-meter.ts";
import { runChild } from "../speed/run-child.ts";

/** What one check of a whole project cost the compiler. */
export interface CheckCost {
  /** Processor time of all its threads; elapsed time where there is no /proc. */
  readonly seconds: number;
  /** The most memory it held. */
  readonly megabytes: number;
  /** Types and instantiations that it made, by its own account; the same in every run. */
  readonly types: number;
  readonly instantiations: number;
}

/**
 * One `tsc --noEmit` of a project by an installed compiler.
 * @throws Error when the compiler complains: a project with errors costs something else
 */
export async function checkCost(compiler: string, project: string): Promise<CheckCost> {
  const tsc = join(repository, "node_modules", compiler, "bin/tsc");
  const before = childrenSeconds();
  const run = await runChild(process.execPath, [tsc, "--noEmit", "--extendedDiagnostics", "-p", project], project);
  const after = childrenSeconds();
  if (run.code !== 0) throw new Error(`${compiler} rejects ${project}: ${run.stdout.slice(0, 500)}`);
  const told = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(run.stdout)?.[1]);
  return {
    seconds: before === undefined || after === undefined ? run.seconds : after - before,
    megabytes: run.megabytes ?? Number.NaN,
    types: told("Types"),
    instantiations: told("Instantiations"),
  };
}

// Of all children that ended, and of theirs: the 16th and 17th field of stat, in ticks. The name before may hold spaces.
function childrenSeconds(): number | undefined {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[13]) + Number(fields[14])) / TICKS;
  } catch {
    return undefined;
  }
}

// Linux tells every program 100 ticks a second, whatever its own clock does.
const TICKS = 100;
