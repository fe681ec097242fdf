/** What a compiler is asked about: a project, some of whose files have another text than on disk. */
export interface EditedProject {
  /** Absolute paths of the tsconfigs whose files are checked. */
  readonly configFiles: readonly string[];
  /** Absolute path, and the text in place of the file's own. */
  readonly overlay: readonly (readonly [path: string, text: string])[];
}

/** One thing undone in an edited project: `[start, end)` of the edited text is replaced by what stood there before. */
export interface Undo {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A question to a compiler; it travels to another process, so it is plain data. */
export interface JudgeQuestion {
  readonly project: EditedProject;
  /** Each is asked about alone. */
  readonly undos: readonly Undo[];
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
  /** Indices of the undos that brought no complaint back. */
  readonly unnoticed: readonly number[];
}

/** A compiler that a project brings along. */
export interface OwnCompiler {
  /** `classic`: written in TypeScript, up to 6.x. `native`: from 7.0 on. */
  readonly kind: "classic" | "native";
  readonly version: string;
  /** Absolute path of the module with its programming interface. */
  readonly entry: string;
}
