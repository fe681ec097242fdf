import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { type FromSchema, follows, type ObjectSchema } from "../engine/schema.ts";

const hash = { type: "string", description: "sha256 of the file's bytes" } as const;

const journalSchema = {
  type: "object",
  properties: {
    version: { type: "integer" },
    process: { type: "integer", description: "the process that writes, or wrote" },
    state: { type: "string", enum: ["preparing", "ready"], description: "ready: every new file is complete on disk" },
    files: {
      type: "array",
      items: {
        type: "object",
        description: "paths relative to the journal's folder",
        properties: {
          target: { type: "string" },
          temporary: { type: "string", description: "the new text, renamed to the target" },
          backup: { type: "string", description: "the old text" },
          before: hash,
          after: hash,
        },
        required: ["target", "temporary", "backup", "before", "after"],
        additionalProperties: false,
      },
    },
  },
  required: ["version", "process", "state", "files"],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a run of `apply --write` is about to do, written down before it does it. */
export type Journal = FromSchema<typeof journalSchema>;

/** One file of a journal. */
export type JournalEntry = Journal["files"][number];

/** Where the journal of a project is. */
export function journalPath(root: string): string {
  return join(root, ".userpage-journal.json");
}

/** @throws InputError when another run holds the project */
export function claimJournal(root: string, journal: Journal): void {
  const draft = writeDraft(root, journal);
  try {
    linkSync(draft, journalPath(root));
  } catch {
    throw new InputError(`${journalPath(root)}: another run is writing here; wait for it`);
  } finally {
    rmSync(draft);
  }
  syncFolder(root);
}

/** Journals that a run had not yet put in place, with the process that wrote them. */
export function draftsIn(root: string): readonly { readonly path: string; readonly process: number }[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((name) => {
    const id = /^\.userpage-journal\.json\.(\d+)$/u.exec(name)?.[1];
    return id === undefined ? [] : [{ path: join(root, name), process: Number(id) }];
  });
}

/** Replaces the journal in one step. */
export function replaceJournal(root: string, journal: Journal): void {
  renameSync(writeDraft(root, journal), journalPath(root));
  syncFolder(root);
}

/** The journal that an earlier run left, if any. @throws InputError when it is not one of ours */
export function readJournal(root: string): Journal | undefined {
  const path = journalPath(root);
  if (!existsSync(path)) return undefined;
  const value = parsed(readFileSync(path, "utf8"));
  if (follows(journalSchema, value) && value.version === 1) return value;
  throw new InputError(`${path}: is not a journal this version can read; look at it and remove it`);
}

/** Writes a new file and waits until it is on disk; never follows or replaces what is there. */
export function writeNew(path: string, bytes: Uint8Array | string, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    const all = Buffer.from(bytes);
    for (let written = 0; written < all.length; ) written += writeSync(file, all, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the folder's entries are on disk, where the system allows it. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeDraft(root: string, journal: Journal): string {
  const draft = `${journalPath(root)}.${process.pid}`;
  rmSync(draft, { force: true });
  writeNew(draft, `${JSON.stringify(journal, null, 2)}\n`, 0o600);
  return draft;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
