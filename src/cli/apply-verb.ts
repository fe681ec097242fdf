import { relative, sep } from "node:path";
import type { Report } from "../engine/answer/report.ts";
import { printable } from "../report/printable.ts";
import { type EditedFile, editedFiles } from "./edited-files.ts";
import { isRejected } from "./measure-verb.ts";
import { applySeries } from "./series.ts";
import type { Answer, Task } from "./task.ts";
import { diffBase, unifiedDiff } from "./unified-diff.ts";
import { writeFiles } from "./write-files.ts";

/** The edits as a diff, or in the files; negative, and nothing is done, when the compiler rejects them. */
export function applyVerb(task: Task): Answer {
  if (task.series !== undefined) return applySeries(task, task.series);
  const measurement = task.measure([]);
  if (isRejected(measurement.report)) return { result: "", notes: refusal(measurement.report), negative: true };

  const files = editedFiles(measurement, task.cwd);
  if (files.length === 0) return { result: "", notes: ["nothing to change"], negative: false };
  const root = task.root ?? task.cwd;
  return task.write ? written(task, root, files) : diff(task, root, files);
}

function written({ holdSignals }: Task, root: string, files: readonly EditedFile[]): Answer {
  holdSignals();
  writeFiles(root, files);
  return { result: "", notes: files.map(({ file }) => `changed ${file}`), negative: false };
}

// Files hold what they hold and a diff has to be exact, but a terminal must not obey it.
function diff({ onTerminal, cwd }: Task, root: string, files: readonly EditedFile[]): Answer {
  const base = diffBase(files, cwd, root);
  const lines = unifiedDiff(files, base);
  const folder = relative(cwd, base).replaceAll(sep, "/");
  const notes =
    folder === "" ? [] : [`the diff is relative to ${folder}; apply it there: patch -p1 -d ${quoted(folder)}`];
  return { result: `${(onTerminal ? lines.map(printableLine) : lines).join("\n")}\n`, notes, negative: false };
}

function quoted(folder: string): string {
  return /^[\w./-]+$/u.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
}

function printableLine(line: string): string {
  return line.replace(/\r$/u, "").split("\t").map(printable).join("\t");
}

function refusal({ verdict }: Report): readonly string[] {
  const diagnostics = verdict?.newDiagnostics ?? [];
  return [
    `the compiler rejects the edits, so nothing was changed (--no-verify goes ahead): ${diagnostics.length} new`,
    ...diagnostics.slice(0, 10).map(({ file, line, code, message }) => `${file}:${line} TS${code} ${message}`),
  ];
}
