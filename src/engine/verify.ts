import { ts } from "ts-morph";
import type { Edit } from "./edit.ts";
import { applyChanges, byFile } from "./edit.ts";
import type { ReportedDiagnostic, Verdict } from "./report.ts";
import { type LoadedProject, loadProject, projectFiles } from "./typescript/load.ts";

/** The compiler that reads projects and judges edits. */
export const compiler = { name: "TypeScript", version: ts.version } as const;

/** The texts that an edited project has in place of its own: absolute path to text. */
export type Overlay = ReadonlyMap<string, string>;

/** A project to be judged, and how to name its files. */
export interface Subject {
  readonly configFile: string;
  readonly workingDirectory: string;
  /** The file as in the report, from an absolute path. */
  readonly nameOf: (path: string) => string;
}

/** What became of the edited files, by their name in the report: the text before, and the edits. */
export type History = ReadonlyMap<string, { readonly text: string; readonly edits: readonly Edit[] }>;

/** Asks the compiler of the project with the edits applied; only complaints that were not there before count. */
export function verify(subject: Subject, overlay: Overlay, history: History): Omit<Verdict, "necessity"> {
  const after = diagnose(loadWith(subject, overlay), subject, history);
  const before = diagnose(loadWith(subject, new Map()), subject);
  return {
    compiler: `${compiler.name} ${compiler.version}`,
    before: before.length,
    after: after.length,
    newDiagnostics: without(after, before),
  };
}

function loadWith(subject: Subject, overlay: Overlay): LoadedProject {
  const loaded = loadProject(subject.configFile, subject.workingDirectory);
  for (const [path, text] of overlay) loaded.setText(path, text);
  return loaded;
}

function diagnose(
  loaded: LoadedProject,
  subject: Subject,
  history: History = new Map(),
): readonly ReportedDiagnostic[] {
  const program = loaded.program();
  const all = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const file of projectFiles(loaded)) all.push(...diagnosticsOf(program, file));
  return all.filter(isError).map((diagnostic) => reported(diagnostic, subject, history));
}

function diagnosticsOf(program: ts.Program, file: ts.SourceFile): readonly ts.Diagnostic[] {
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
}

function isError(diagnostic: ts.Diagnostic): boolean {
  return diagnostic.category === ts.DiagnosticCategory.Error;
}

// The line is that of the text before the edits, which is the one the reader has.
function reported(diagnostic: ts.Diagnostic, subject: Subject, history: History): ReportedDiagnostic {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const { file, start = 0, code } = diagnostic;
  if (file === undefined) return { file: "", line: 0, code, message };
  const name = subject.nameOf(file.fileName);
  const past = history.get(name);
  const text = past?.text ?? file.text;
  const offset = past === undefined ? start : offsetBefore(past.edits, start);
  return { file: name, line: text.slice(0, offset).split("\n").length, code, message };
}

// Inside a replacement: where it starts.
function offsetBefore(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start + shift > offset) break;
    if (offset < edit.start + shift + edit.text.length) return edit.start;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset - shift;
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
  readonly checked: readonly Edit[];
  readonly unnoticed: readonly Edit[];
}

/**
 * Undoes every annotation, cast and conversion alone and asks whether the compiler complains.
 * The files nearest to the edit are asked first: one complaint is enough.
 */
export function findUnnoticed(request: NecessityRequest): Necessity {
  const loaded = loadWith(request.subject, request.overlay);
  const known = new Set(diagnose(loaded, request.subject).map(keyOf));
  const files = byFile(request.edits);
  const candidates = request.edits.filter((edit) => edit.position !== null);
  const unnoticed: Edit[] = [];
  for (const edit of candidates) {
    const path = request.pathOf(edit.file);
    const others = (files.get(edit.file) ?? []).filter((other) => other !== edit);
    const text = applyChanges(request.originals.get(path) ?? "", others);
    loaded.setText(path, text);
    if (!hasNewComplaint(request.subject, loaded, path, known)) unnoticed.push(edit);
    loaded.setText(path, request.overlay.get(path) ?? "");
  }
  return { checked: candidates, unnoticed };
}

function hasNewComplaint(subject: Subject, loaded: LoadedProject, path: string, known: ReadonlySet<string>): boolean {
  const program = loaded.program();
  const first = program.getSourceFile(path);
  const files = [...(first === undefined ? [] : [first]), ...projectFiles(loaded).filter((file) => file !== first)];
  const isNew = (each: ts.Diagnostic) =>
    isError(each) && !unusedName.has(each.code) && !known.has(keyOf(reported(each, subject, new Map())));
  return files.some((file) => diagnosticsOf(program, file).some(isNew));
}

// Of names that an undone edit leaves without a use; that is a consequence, not a reason for the edit.
const unusedName = new Set([6133, 6192, 6196, 6198]);
