import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { writeNew } from "./journal.ts";

/**
 * Writes a result to a file in one step: a reader sees the old text or the new one, and an interrupted run leaves the
 * old. A terminal, a pipe or a device is written to as it is.
 * @throws InputError when it cannot be written
 */
export function writeOut(path: string, shown: string, text: string): void {
  try {
    const before = statSync(path, { throwIfNoEntry: false });
    if (before !== undefined && !before.isFile()) writeFileSync(path, text);
    else replace(before === undefined ? path : realpathSync(path), before, text);
  } catch (error) {
    throw new InputError(`--out ${shown}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

function replace(path: string, before: Stats | undefined, text: string): void {
  const temporary = join(dirname(path), `.userpage-${process.pid}-${basename(path)}`);
  try {
    writeNew(temporary, text, 0o666);
    if (before !== undefined) chmodSync(temporary, before.mode & 0o777);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
