import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import type { Report } from "../src/engine/answer/report.ts";

/** The repository, seen from bench/dist/bench. */
export const repository = resolve(import.meta.dirname, "../../..");

/** The built command line. */
export const commandLine = join(repository, "dist/cli/main.cjs");

/**
 * The report of `measure`, asked as a user would.
 * @throws Error with what the meter said when it gave no report
 */
export function askMeter(project: string, options: readonly string[]): Report {
  const args = [commandLine, "measure", "-p", "tsconfig.json", ...options, "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (!stdout.startsWith("{")) throw new Error(`measure ${options.join(" ")}: ${stderr}`);
  return JSON.parse(stdout) as Report;
}
