import { InputError } from "../engine/input-error.ts";
import type { Report } from "../engine/report.ts";
import { printable } from "../report/printable.ts";
import { type EditedFile, editedFiles } from "./edited-files.ts";
import { isRejected } from "./measure-verb.ts";
import type { Answer, Task } from "./task.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { writeFiles } from "./write-files.ts";

/** The edits as a diff, or in the files; negative, and nothing is done, when the compiler rejects them. */
export function applyVerb(task: Task): Answer {
  if (task.format !== "text") throw new InputError("apply prints a diff; --format is for measure and explain");
  const measurement = task.measure();
  if (isRejected(measurement.report)) return { result: "", notes: refusal(measurement.report), negative: true };

  const files = editedFiles(measurement, task.cwd);
  if (files.length === 0) return { result: "", notes: ["nothing to change"], negative: false };
  return task.write ? written(task, files) : { result: diffOf(task, files), notes: [], negative: false };
}

function written({ root, cwd }: Task, files: readonly EditedFile[]): Answer {
  writeFiles(root ?? cwd, files);
  return { result: "", notes: files.map(({ file }) => `changed ${file}`), negative: false };
}

// Files hold what they hold and a diff has to be exact, but a terminal must not obey it.
function diffOf({ onTerminal }: Task, files: readonly EditedFile[]): string {
  const lines = unifiedDiff(files);
  return `${(onTerminal ? lines.map(printableLine) : lines).join("\n")}\n`;
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
