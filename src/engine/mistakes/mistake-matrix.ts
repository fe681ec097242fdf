import type { Report } from "../answer/report.ts";
import { compare, type RefusedStrategy } from "../compare.ts";
import { byFile, type Edit } from "../edit.ts";
import { InputError } from "../input-error.ts";
import { ask } from "../judge/ask.ts";
import { judgedProjects } from "../judge/judged-projects.ts";
import type { Variation } from "../judge/protocol.ts";
import type { Study } from "../measure.ts";
import type { Migration, Strategy } from "../migration.ts";
import type { MeasureRequest } from "../question.ts";
import { tool } from "../tool.ts";
import { overlayOf, type PlantedFile, plantMistakes } from "../typescript/mistakes/plant.ts";
import { releaseCalls } from "../typescript/mistakes/release-calls.ts";
import { loadProject } from "../typescript/project/load.ts";
import { compiler } from "../verify.ts";
import type { Mutant, ReleasePlace } from "./mistake.ts";

/** A mistake, and what the compiler says of it: its first complaint, or null where it has none. */
export interface JudgedMutant extends Mutant {
  readonly stopped: { readonly code: number; readonly message: string } | null;
}

/** The mistakes in the project as one strategy leaves it. */
export interface MistakeColumn {
  /** `as it is`: without any edit. */
  readonly strategy: Strategy | "as it is";
  /** Of the strategy; the changes of the mutants are to the text that they leave. */
  readonly edits: readonly Edit[];
  /** Which compiler was asked, in words. */
  readonly compiler: string;
  readonly mutants: readonly JudgedMutant[];
}

/** Every mistake at every call that releases, judged under every strategy. */
export interface MistakeMatrix extends Pick<Report, "schemaVersion" | "tool" | "compiler" | "project"> {
  readonly migration: Migration;
  readonly places: readonly ReleasePlace[];
  readonly columns: readonly MistakeColumn[];
  readonly refused: readonly RefusedStrategy[];
}

/**
 * Makes each mistake alone, at every call outside of tests that releases, and asks the compiler of it.
 * @param study of the same request; undefined for a project that is branded already, which is judged as it is
 * @param isWanted leaves the other places out
 * @throws InputError when there is no release to make mistakes with
 */
export function mistakeMatrix(
  request: MeasureRequest,
  study: Study | undefined,
  isWanted: (place: ReleasePlace) => boolean,
): MistakeMatrix {
  const { project, migration, workingDirectory } = request;
  if (migration.releases.length === 0) {
    throw new InputError('no release to make mistakes with; name one with --release PLAIN=BRANDED, or in "releases"');
  }
  const comparison = study === undefined ? undefined : compare(study);
  const loaded = loadProject(project, workingDirectory);
  const calls = releaseCalls(loaded, migration.releases, workingDirectory).filter(({ place }) => isWanted(place));
  const columnOf = (strategy: MistakeColumn["strategy"], edits: readonly Edit[]): MistakeColumn => {
    const edited = byFile(edits);
    const overlay = overlayOf(loaded, edited, workingDirectory);
    return { strategy, edits, ...judgeMutants(loaded.configFile, overlay, plantMistakes(loaded, calls, edited)) };
  };
  const strategies = comparison?.strategies ?? [];
  return {
    schemaVersion: 1,
    tool: tool(),
    compiler,
    project: comparison?.project ?? project,
    migration: comparison?.migration ?? migration,
    places: calls.map(({ place }) => place),
    columns: [
      columnOf("as it is", []),
      ...strategies.map(({ strategy, report }) => columnOf(strategy, [...report.edits, ...report.conversions])),
    ],
    refused: comparison?.refused ?? [],
  };
}

// All in one session of the compiler.
function judgeMutants(
  configFile: string,
  overlay: ReadonlyMap<string, string>,
  files: readonly PlantedFile[],
): Pick<MistakeColumn, "compiler" | "mutants"> {
  const planted = files.flatMap(({ path, mutants }) => mutants.map((mutant) => ({ path, mutant })));
  const variations = planted.map(({ path, mutant: { changes, isLocal } }): Variation => ({ path, changes, isLocal }));
  const configFiles = judgedProjects(configFile, new Set(files.map(({ path }) => path)));
  const told = ask(configFile, { project: { configFiles, overlay: [...overlay] }, variations });
  const mutants = planted.map(({ mutant }, i): JudgedMutant => {
    const complaint = told.noticed[i];
    return { ...mutant, stopped: complaint ? { code: complaint.code, message: complaint.message } : null };
  });
  return { compiler: told.compiler, mutants };
}
