import { resolve } from "node:path";
import { ts } from "ts-morph";
import { applyChanges, type Edit } from "../../edit.ts";
import type { Mutant } from "../../mistakes/mistake.ts";
import type { PathHabits } from "../plan/imports/module-path.ts";
import { type LoadedProject, projectFiles } from "../project/load.ts";
import { mutantsOf } from "./mutants.ts";
import { calledName, type ReleaseCall } from "./release-calls.ts";

/** The mistakes that can be made in one file of an edited project. */
export interface PlantedFile {
  /** As in the report. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  /** With the edits, and without a mistake. */
  readonly text: string;
  readonly mutants: readonly Mutant[];
}

/**
 * All mistakes at the calls that release, each in the text that the edits leave. A call that an edit replaced as a
 * whole, so that nothing is left of its name, has none.
 * @param edits of the project's files, by file as in the report
 */
export function plantMistakes(
  loaded: LoadedProject,
  calls: readonly ReleaseCall[],
  edits: ReadonlyMap<string, readonly Edit[]>,
): readonly PlantedFile[] {
  const files = projectFiles(loaded);
  const habits: PathHabits = { options: loaded.program().getCompilerOptions(), files };
  return files.flatMap((source): readonly PlantedFile[] => {
    const within = calls.filter(({ path }) => path === source.fileName);
    const file = within[0]?.place.file;
    return file === undefined ? [] : [planted(source, file, within, edits.get(file) ?? [], habits)];
  });
}

/** Every edited text: the absolute path, each that links give it, to the text with the edits. */
export function overlayOf(
  loaded: LoadedProject,
  edits: ReadonlyMap<string, readonly Edit[]>,
  workingDirectory: string,
): ReadonlyMap<string, string> {
  const program = loaded.program();
  return new Map(
    [...edits].flatMap(([file, changes]) => {
      const path = resolve(workingDirectory, file);
      const text = applyChanges(program.getSourceFile(path)?.text ?? "", changes);
      return loaded.namesOf(path).map((name) => [name, text] as const);
    }),
  );
}

function planted(
  source: ts.SourceFile,
  file: string,
  calls: readonly ReleaseCall[],
  edits: readonly Edit[],
  habits: PathHabits,
): PlantedFile {
  const text = applyChanges(source.text, edits);
  const edited = ts.createSourceFile(source.fileName, text, source.languageVersion, true);
  const mutants = calls.flatMap((release) => {
    const call = callAt(edited, offsetAfter(edits, release.place.start));
    const isConverted = edits.some(({ kind, start }) => kind === "conversion" && start === release.place.start);
    return call === undefined ? [] : mutantsOf({ release, call, habits, isConverted });
  });
  return { file, path: source.fileName, text, mutants };
}

function offsetAfter(edits: readonly Edit[], offset: number): number {
  const before = edits.filter(({ start, end }) => end <= offset && start < offset);
  return before.reduce((sum, { start, end, text }) => sum + text.length - (end - start), offset);
}

function callAt(file: ts.SourceFile, start: number): ts.CallExpression | undefined {
  const visit = (node: ts.Node): ts.CallExpression | undefined => {
    if (node.pos > start || node.end <= start) return undefined;
    if (ts.isCallExpression(node) && calledName(node).getStart(file) === start) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}
