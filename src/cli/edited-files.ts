import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { applyChanges, byFile } from "../engine/edit.ts";
import { InputError } from "../engine/input-error.ts";
import type { Measurement } from "../engine/measure.ts";

/** A file that the edits change: its exact text, with its line ends and its byte order mark, and the text after. */
export interface EditedFile {
  /** As in the report. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** @throws InputError when a file is no longer what was measured, or is not UTF-8 */
export function editedFiles({ report, sources }: Measurement, cwd: string): readonly EditedFile[] {
  const changes = byFile([...report.edits, ...report.conversions]);
  return [...changes]
    .map(([file, edits]): EditedFile => {
      const path = resolve(cwd, file);
      const before = readExact(path, file);
      const source = sources.get(file);
      if (source === undefined) throw new Error(`edits in ${file}, but its text was not read`);
      const mark = byteOrderMark(before, source);
      if (before !== mark + source) throw new InputError(`${file}: changed since it was read; run again`);
      return { file, path, before, after: mark + applyChanges(source, edits) };
    })
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

function readExact(path: string, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    throw new InputError(`${file}: cannot be read as UTF-8 text, so it cannot be edited`);
  }
}

// The compiler takes the mark off before it counts offsets.
function byteOrderMark(exact: string, source: string): string {
  return exact.startsWith("\ufeff") && !source.startsWith("\ufeff") ? "\ufeff" : "";
}
