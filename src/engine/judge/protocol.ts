import type { TextChange } from "../edit.ts";

/** What a compiler is asked about: a project, some of whose files have another text than on disk. */
export interface EditedProject {
  /** Absolute paths of the tsconfigs whose files are checked. */
  readonly configFiles: readonly string[];
  /** Absolute path, and the text in place of the file's own. */
  readonly overlay: readonly (readonly [path: string, text: string])[];
}

/** One file of an edited project with a few changes more: an edit undone, or a mistake made. */
export interface Variation {
  readonly path: string;
  /** To the edited text; none overlaps another. */
  readonly changes: readonly TextChange[];
  /** Is it inside a function whose type does not change, so that no other file can tell? */
  readonly isLocal: boolean;
}

/** A question to a compiler; it travels to another process, so it is plain data. */
export interface JudgeQuestion {
  readonly project: EditedProject;
  /** Each is asked about alone. */
  readonly variations: readonly Variation[];
}

/** One error as a compiler gave it. `file` is an absolute path, empty where the error has none; the line counts from 1. */
export interface Complaint {
  readonly file: string;
  readonly start: number;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** What a compiler says. */
export interface JudgeAnswer {
  /** Every complaint about the edited project. */
  readonly after: readonly Complaint[];
  /** Those about the project as it is on disk, in the files that have one in `after`; elsewhere it was not asked. */
  readonly before: readonly Complaint[];
  /** By variation: the first complaint that came with it, null where none did. */
  readonly noticed: readonly (Complaint | null)[];
}

/** A compiler that a project brings along. */
export interface OwnCompiler {
  /** `classic`: written in TypeScript, up to 6.x. `native`: from 7.0 on. */
  readonly kind: "classic" | "native";
  readonly version: string;
  /** Absolute path of the module with its programming interface. */
  readonly entry: string;
}
