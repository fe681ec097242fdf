import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { writeNew } from "./journal.ts";

/** @throws InputError where no file can be, before the work is done whose result it would hold */
export function refuseNoFile(path: string, shown: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InputError(`--out ${shown}: there is no folder ${folder}; make it, or name another file`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new InputError(`--out ${shown}: is a folder; name a file`);
  }
}

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
    const why = error instanceof Error && "code" in error ? error.code : error;
    throw new InputError(`--out ${shown}: cannot be written (${why}); name another file`);
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
