import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sightings } from "./point.ts";

/** An instrumented copy's own tests, and what they saw. */
export interface ScenarioRun {
  readonly passed: boolean;
  /** What the test runner printed; for a failure. */
  readonly output: string;
  /** One for each test file. */
  readonly sightings: readonly Sightings[];
}

const testOptions = {
  include: ["**/*.test.ts"],
  setupFiles: ["observe/write-sightings.ts"],
  testTimeout: 120_000,
};

/** Runs all tests of an instrumented copy. */
export function runScenarios(copy: string, repository: string): ScenarioRun {
  const config = join(copy, "vitest.config.mjs");
  writeFileSync(config, `export default { test: ${JSON.stringify(testOptions)} };\n`);
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--root", copy, "--config", config];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const seen = join(copy, "observe/seen");
  return {
    passed: status === 0 && /Tests\s.*\d+ passed/u.test(stdout),
    output: stdout + stderr,
    sightings: readdirSync(seen).map((file) => JSON.parse(readFileSync(join(seen, file), "utf8"))),
  };
}
