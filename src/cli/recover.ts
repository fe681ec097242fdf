import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { counted } from "../report/counted.ts";
import { draftsIn, type Journal, type JournalEntry, journalPath, readJournal } from "./journal.ts";

/**
 * Ends what an interrupted `apply --write` began: finishes when every file is as that run left it, else rolls back.
 * Says which, or undefined when there was nothing to do.
 *
 * @throws InputError when the journal's run is still at work, or the journal names a path it may not
 */
export function recover(root: string): string | undefined {
  for (const draft of draftsIn(root)) if (!isAtWork(draft.process)) rmSync(draft.path, { force: true });
  const journal = readJournal(root);
  if (journal === undefined) return undefined;
  refuseForeign(root, journal);
  if (isAtWork(journal.process)) {
    const mend = `if it is not, remove ${journalPath(root)}`;
    throw new InputError(`process ${journal.process} is writing to this project; ${mend}`);
  }
  if (journal.state === "ready" && journal.files.every((entry) => stateOf(root, entry) !== "changed")) {
    finish(root, journal);
    return `an interrupted apply --write was finished: ${counted(journal.files.length, "file")} changed`;
  }
  const kept = journal.files.filter((entry) => stateOf(root, entry) === "changed" && journal.state === "ready");
  rollBack(root, journal);
  const rest =
    kept.length === 0 ? "" : `, but ${kept.map((entry) => entry.target).join(", ")} changed since and was kept`;
  return `an interrupted apply --write was rolled back: ${counted(journal.files.length, "file")} as before${rest}`;
}

/** Puts back the old text of every file that has the new one, then removes the journal and what belongs to it. */
export function rollBack(root: string, journal: Journal): void {
  for (const entry of journal.files) {
    if (stateOf(root, entry) !== "done" || hashOfFile(join(root, entry.backup)) !== entry.before) continue;
    renameSync(join(root, entry.backup), join(root, entry.target));
  }
  discard(root, journal);
}

/** Removes the journal's files and the journal, which goes last: it is what finds the others. */
export function discard(root: string, journal: Journal): void {
  for (const path of journal.files.flatMap(({ temporary, backup }) => [join(root, temporary), join(root, backup)])) {
    if (existsSync(path)) rmSync(path);
  }
  rmSync(journalPath(root), { force: true });
}

/** sha256 of a text's or a file's bytes, in hexadecimal. */
export function hashOf(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function finish(root: string, journal: Journal): void {
  for (const entry of journal.files) {
    if (stateOf(root, entry) === "pending") renameSync(join(root, entry.temporary), join(root, entry.target));
  }
  discard(root, journal);
}

function stateOf(root: string, entry: JournalEntry): "done" | "pending" | "changed" {
  const hash = hashOfFile(join(root, entry.target));
  if (hash === entry.after) return "done";
  return hash === entry.before && hashOfFile(join(root, entry.temporary)) === entry.after ? "pending" : "changed";
}

function hashOfFile(path: string): string | undefined {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

// A journal comes with the project, so it is not to be trusted: only files beside their target, inside the root.
function refuseForeign(root: string, { files }: Journal): void {
  for (const { target, temporary, backup } of files) {
    const beside = [temporary, backup].every(
      (path) => dirname(path) === dirname(target) && basename(path).startsWith(".userpage-"),
    );
    const parts = target.split("/");
    if (beside && !target.startsWith("/") && !parts.includes("..") && !parts.includes("node_modules")) continue;
    throw new InputError(`${journalPath(root)}: names ${target}, which no run writes; look at it and remove it`);
  }
}

function isAtWork(id: number): boolean {
  if (id === process.pid || id <= 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
