import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, readFileSync, realpathSync, renameSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { EditedFile } from "./edited-files.ts";
import { claimJournal, type Journal, type JournalEntry, replaceJournal, syncFolder, writeNew } from "./journal.ts";
import { discard, hashOf, rollBack } from "./recover.ts";

/**
 * Writes all files or none: new texts beside the old ones, then a journal, then renames. A run that is killed in between
 * leaves the journal, and the next run finishes or rolls back.
 *
 * @throws InputError when a file is outside the root, in node_modules, not writable, or changed since it was read
 */
export function writeFiles(root: string, files: readonly EditedFile[]): void {
  const realRoot = realpathSync(root);
  const run = randomBytes(6).toString("hex");
  const planned = files.map((file, i) => ({ ...file, entry: entryOf(realRoot, file, `${run}-${i}`) }));
  const journal: Journal = {
    version: 1,
    process: process.pid,
    state: "preparing",
    files: planned.map(({ entry }) => entry),
  };

  claimJournal(realRoot, journal);
  try {
    for (const { entry, after, before } of planned) prepare(realRoot, entry, before, after);
    for (const { entry, file } of planned) refuseChanged(realRoot, entry, file);
    replaceJournal(realRoot, { ...journal, state: "ready" });
    for (const { entry } of planned) renameSync(join(realRoot, entry.temporary), join(realRoot, entry.target));
    syncFolders(realRoot, journal);
  } catch (error) {
    rollBack(realRoot, journal);
    throw error instanceof InputError ? error : new InputError(`${messageOf(error)}; no file was changed`);
  }
  try {
    discard(realRoot, journal);
  } catch (error) {
    throw new InputError(`${messageOf(error)}; all files were changed, the next run removes what is left beside them`);
  }
}

function entryOf(realRoot: string, { file, path, before, after }: EditedFile, run: string): JournalEntry {
  const target = relative(realRoot, realpathSync(path)).replaceAll(sep, "/");
  if (target.startsWith("../") || target.startsWith("/") || /^[A-Za-z]:/u.test(target)) {
    throw new InputError(
      `${file}: is outside the project's folder, no file was changed; print the diff from a folder above it`,
    );
  }
  if (target.split("/").includes("node_modules")) {
    throw new InputError(`${file}: is in node_modules, no file was changed; leave it out of the project`);
  }
  refuseReadOnly(path, file);
  const beside = `${dirname(target) === "." ? "" : `${dirname(target)}/`}.userpage-${run}`;
  const [temporary, backup] = [`${beside}-new`, `${beside}-old`];
  return { target, temporary, backup, before: hashOf(before), after: hashOf(after) };
}

function refuseReadOnly(path: string, file: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch {
    throw new InputError(`${file}: is not writable, no file was changed`);
  }
}

function prepare(root: string, entry: JournalEntry, before: string, after: string): void {
  const { mode } = statSync(join(root, entry.target));
  for (const [name, text] of [
    [entry.backup, before],
    [entry.temporary, after],
  ] as const) {
    writeNew(join(root, name), text, mode);
    chmodSync(join(root, name), mode);
  }
}

// The last look before the renames; what changes after it is as if it had changed after the run.
function refuseChanged(root: string, entry: JournalEntry, file: string): void {
  if (hashOf(readFileSync(join(root, entry.target))) === entry.before) return;
  throw new InputError(`${file}: changed since it was read, no file was changed; run again`);
}

function syncFolders(root: string, journal: Journal): void {
  for (const folder of new Set(journal.files.map((entry) => dirname(join(root, entry.target))))) syncFolder(folder);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}
