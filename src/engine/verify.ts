import { ts } from "ts-morph";
import type { ReportedDiagnostic, Verdict } from "./answer/report.ts";
import type { Edit, TextChange } from "./edit.ts";
import { byFile } from "./edit.ts";
import { ask } from "./judge/ask.ts";
import type { ReadTrees } from "./judge/bundled.ts";
import { judgedProjects } from "./judge/judged-projects.ts";
import type { Complaint, EditedProject, Variation } from "./judge/protocol.ts";

/** The compiler that reads projects, and judges edits where a project brings none along. */
export const compiler = { name: "TypeScript", version: ts.version } as const;

/** The texts that an edited project has in place of its own: absolute path to text. */
export type Overlay = ReadonlyMap<string, string>;

/** A project to be judged, and how to name its files. */
export interface Subject {
  /** Absolute path of the tsconfig. */
  readonly configFile: string;
  /** The file as in the report, from an absolute path. */
  readonly nameOf: (path: string) => string;
  readonly read?: ReadTrees;
}

/** What became of the edited files, by their name in the report: the text before, and the edits. */
export type History = ReadonlyMap<string, { readonly text: string; readonly edits: readonly Edit[] }>;

/**
 * Asks the compiler of the project with the edits applied; only complaints that were not there before count. Of the
 * project without the edits it is asked only about the files that have complaints with them, which are all that can
 * tell an old one from a new one: so `before` counts the complaints of those files, and a project without complaints is
 * compiled once.
 */
export function verify(subject: Subject, overlay: Overlay, history: History): Omit<Verdict, "necessity"> {
  const told = ask(subject.configFile, { project: editedProject(subject, overlay), variations: [] }, subject.read);
  const after = told.after.map((complaint) => reported(complaint, subject, history, startBefore));
  const before = told.before.map((complaint) => reported(complaint, subject, history, startOfEdited));
  return {
    compiler: told.compiler,
    before: before.length,
    after: after.length,
    newDiagnostics: without(after, before),
  };
}

function editedProject(subject: Subject, overlay: Overlay): EditedProject {
  return { configFiles: judgedProjects(subject.configFile, new Set(overlay.keys())), overlay: [...overlay] };
}

// The line is that of the text before the edits, which is the one the reader has.
function reported(
  { file, start, line, code, message }: Complaint,
  subject: Subject,
  history: History,
  originalStart: (edits: readonly TextChange[], start: number) => number,
): ReportedDiagnostic {
  if (file === "") return { file, line, code, message };
  const name = subject.nameOf(file);
  const past = history.get(name);
  if (past === undefined) return { file: name, line, code, message };
  const offset = originalStart(inOrder(past.edits), start);
  return { file: name, line: past.text.slice(0, offset).split("\n").length, code, message };
}

// From an offset into the edited text. Inside a replacement: where it starts.
function startBefore(edits: readonly TextChange[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (start + shift > offset) break;
    if (offset < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}

// From an offset into the text before. Inside of what is replaced: where it starts, as above.
function startOfEdited(edits: readonly TextChange[], offset: number): number {
  return edits.find(({ start, end }) => start <= offset && offset < end)?.start ?? offset;
}

function inOrder<Change extends TextChange>(edits: readonly Change[]): readonly Change[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

// By file, code and line: a message names the types, which the edits change.
function without(
  after: readonly ReportedDiagnostic[],
  before: readonly ReportedDiagnostic[],
): readonly ReportedDiagnostic[] {
  const known = new Map<string, number>();
  for (const diagnostic of before) known.set(keyOf(diagnostic), (known.get(keyOf(diagnostic)) ?? 0) + 1);
  return after.filter((diagnostic) => {
    const left = known.get(keyOf(diagnostic)) ?? 0;
    known.set(keyOf(diagnostic), left - 1);
    return left <= 0;
  });
}

function keyOf({ file, code, line }: ReportedDiagnostic): string {
  return `${file}\n${code}\n${line}`;
}

/** An edited project in which single edits can be undone. */
export interface NecessityRequest {
  readonly subject: Subject;
  readonly overlay: Overlay;
  /** The texts before the edits, absolute path to text. */
  readonly originals: Overlay;
  /** All edits of the text, whose imports keep the names that the text had. */
  readonly edits: readonly Edit[];
  readonly pathOf: (file: string) => string;
}

/** The edits that were undone alone, and those of them whose absence the compiler did not notice. */
export interface Necessity {
  readonly compiler: string;
  readonly checked: readonly Edit[];
  readonly unnoticed: readonly Edit[];
}

/** Undoes every annotation, cast and conversion alone and asks whether the compiler complains. */
export function findUnnoticed(request: NecessityRequest): Necessity {
  const { subject, overlay, originals, pathOf } = request;
  const all = [...byFile(request.edits)].flatMap(([file, edits]) => {
    const path = pathOf(file);
    return undosOf(path, originals.get(path) ?? "", edits);
  });
  const undoable = all.filter(({ edit }) => edit.position !== null);
  const variations = undoable.map(({ undo }) => undo);
  const told = ask(subject.configFile, { project: editedProject(subject, overlay), variations }, subject.read);
  const checked = undoable.map(({ edit }) => edit);
  return { compiler: told.compiler, checked, unnoticed: checked.filter((_, index) => told.noticed[index] === null) };
}

interface UndoOf {
  readonly edit: Edit;
  readonly undo: Variation;
}

function undosOf(path: string, original: string, edits: readonly Edit[]): readonly UndoOf[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    const back = { start, end: start + edit.text.length, text: original.slice(edit.start, edit.end) };
    return { edit, undo: { path, changes: [back], isLocal: false } };
  });
}
