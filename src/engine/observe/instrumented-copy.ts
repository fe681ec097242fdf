import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Migration } from "../migration.ts";
import { type Solution, solve } from "../solver/solve.ts";
import { type Collected, collectFlows } from "../typescript/front-end.ts";
import { loadProject } from "../typescript/project/load.ts";
import { type Beyond, beyondErasures, leaking } from "./beyond.ts";
import { instrument } from "./instrument.ts";
import type { PointTable } from "./point.ts";

/** A copy of a project that says at run time where the followed values are, and what the engine says of it. */
export interface InstrumentedCopy {
  /** What to remove when all is done. */
  readonly root: string;
  /** Where the project is in it. */
  readonly folder: string;
  readonly collected: Collected;
  readonly solution: Solution;
  readonly beyond: Beyond;
  readonly table: PointTable;
}

/**
 * Copies a project's folder of the repository, asks the question of it with its tests, and rewrites it. `beside` are
 * further folders that its tests import.
 */
export function instrumentedCopy(
  repository: string,
  project: string,
  beside: readonly string[],
  migration: Migration,
): InstrumentedCopy {
  const root = mkdtempSync(join(tmpdir(), "userpage-observed-"));
  for (const folder of [project, ...beside]) cpSync(join(repository, folder), join(root, folder), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  const folder = join(root, project);
  // What the tests do with what the scenarios give them is a flow like any other.
  const config = { extends: "./tsconfig.json", include: ["./**/*.ts"], exclude: [] };
  writeFileSync(join(folder, "observed.tsconfig.json"), JSON.stringify(config));
  const collected = collectFlows(loadProject("observed.tsconfig.json", folder), migration, folder, []);
  const beyond = beyondErasures(collected, (places) =>
    collectFlows(loadProject("observed.tsconfig.json", folder), migration, folder, places, { widened: leaking }),
  );
  const { texts, table } = instrument(collected, folder, join(folder, "observe/recorder.ts"));
  for (const [file, text] of texts) writeFileSync(join(folder, file), text);
  addRecorder(folder, table);
  return { root, folder, collected, solution: solve(collected.graph, collected.question), beyond, table };
}

function addRecorder(folder: string, table: PointTable): void {
  mkdirSync(join(folder, "observe/seen"), { recursive: true });
  for (const file of ["recorder.ts", "write-sightings.ts"]) {
    cpSync(join(import.meta.dirname, file), join(folder, "observe", file));
  }
  writeFileSync(join(folder, "observe/points.json"), JSON.stringify(table));
}
