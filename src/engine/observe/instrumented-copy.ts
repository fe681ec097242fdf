import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Migration } from "../migration.ts";
import { type Solution, solve } from "../solve.ts";
import { type Collected, collectFlows } from "../typescript/front-end.ts";
import { loadProject } from "../typescript/load.ts";
import { instrument } from "./instrument.ts";
import type { PointTable } from "./point.ts";

/** A copy of a project that says at run time where the followed values are, and what the engine says of it. */
export interface InstrumentedCopy {
  readonly folder: string;
  readonly collected: Collected;
  readonly solution: Solution;
  readonly table: PointTable;
}

const recorderFile = "observe/recorder.ts";

/** Copies a project's folder, asks the question of it with its tests, and rewrites it. */
export function instrumentedCopy(project: string, repository: string, migration: Migration): InstrumentedCopy {
  const folder = mkdtempSync(join(tmpdir(), "userpage-observed-"));
  cpSync(project, folder, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  // What the tests do with what the scenarios give them is a flow like any other.
  write("observed.tsconfig.json", '{ "extends": "./tsconfig.json", "include": ["./**/*.ts"], "exclude": [] }');
  const collected = collectFlows(loadProject("observed.tsconfig.json", folder), migration, folder, []);
  const { texts, table } = instrument(collected, recorderFile);
  for (const [file, text] of texts) write(file, text);
  addRecorder(folder, table);
  return { folder, collected, solution: solve(collected.graph, collected.question), table };
}

function addRecorder(folder: string, table: PointTable): void {
  mkdirSync(join(folder, "observe/seen"), { recursive: true });
  for (const file of ["recorder.ts", "write-sightings.ts"]) {
    cpSync(join(import.meta.dirname, file), join(folder, "observe", file));
  }
  writeFileSync(join(folder, "observe/points.json"), JSON.stringify(table));
}
