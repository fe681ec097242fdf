import type { Edit } from "../edit.ts";
import type { Annotation, PositionId, PositionKind } from "../graph/graph.ts";
import type { Migration } from "../migration.ts";
import type { Label } from "../solver/solve.ts";
import type { ObstacleKind } from "./obstacle.ts";

/** One position the brand reaches, as the report shows it. Offsets in UTF-16 units, line and column from 1. */
export interface ReportedPosition {
  readonly id: PositionId;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly kind: PositionKind;
  readonly annotation: Annotation;
  readonly label: Label;
  /** Hops from the nearest source, 0 for a source itself. */
  readonly depth: number;
  readonly because: ReportedCause | null;
  readonly test: boolean;
  /** The enclosing function (`do_direct_IO()`) or type (`Bio`), null at the top of a file. */
  readonly owner: string | null;
}

/** The flow that brought the brand, and where in the text it happens. */
export interface ReportedCause {
  readonly from: PositionId;
  readonly construct: string;
  /** Against the flow: both ends name one storage, and what is put into it through one is held by both. */
  readonly reversed: boolean;
  readonly file: string;
  readonly line: number;
}

/** Why the brand stops, weakens or cannot be followed at a position. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly position: PositionId;
  readonly file: string;
  readonly line: number;
  /** Names the construct and what is at its other end. */
  readonly message: string;
  /** Through which the brand stops or plain values come. */
  readonly construct: string;
  /** Hops from the nearest source to the position. */
  readonly depth: number;
}

/** What an entry of the package's public types becomes for those who use it. */
export interface SurfaceChange {
  /** As in package.json: `.`, `./user-page`. */
  readonly entry: string;
  readonly export: string;
  readonly position: PositionId;
  /** `produced`: consumers receive the brand. `consumed`: they have to pass one. */
  readonly change: "produced" | "consumed" | "both";
  /** Does code that compiled against the entry stop compiling? */
  readonly breaks: boolean;
}

/** A flow that only the compiler found, with the construct the front end has no constraint for. */
export interface LearnedFlow {
  readonly construct: string;
  readonly file: string;
  readonly line: number;
}

/** The price, by kind; never lumped. Counts, except `maxDepth`, which is in hops. */
export interface Churn {
  /** Annotations that change in sources. */
  readonly edits: number;
  /** Annotations that change in tests and fixtures. */
  readonly testEdits: number;
  readonly conversions: number;
  readonly casts: number;
  /** How many of the casts stand in tests and fixtures. */
  readonly testCasts: number;
  /** Calls of the mint helper in tests: the casts it saves. */
  readonly mintCalls: number;
  /** New declarations: imports, the brand itself. */
  readonly declarations: number;
  /** Inferred positions that change their type for nothing. */
  readonly carried: number;
  readonly files: number;
  readonly functions: number;
  /** Folders. */
  readonly modules: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly maxDepth: number;
  /**
   * Bounds on `edits` and `testEdits` together. `lower` are those found; `upper` adds what would change if every value
   * that is erased came out again wherever what was searched takes one back. Equal when nothing is hidden.
   */
  readonly lower: number;
  readonly upper: number;
  /** Edits in a language that infers nothing: written and carried positions, and mixed storage behind pointers. */
  readonly underCRules: number;
}

/** One complaint of a compiler. */
export interface ReportedDiagnostic {
  readonly file: string;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/**
 * What the compiler said of the project before and after the edits: `after` counts its complaints about the edited
 * project, `before` those about the project as it is, in the same files.
 */
export interface Verdict {
  /** Name and version, whether it is the project's own and, if that one gave no answer, why. */
  readonly compiler: string;
  readonly before: number;
  readonly after: number;
  readonly newDiagnostics: readonly ReportedDiagnostic[];
  /** Every edit undone alone: those whose absence the compiler did not notice. Null when that was not asked. */
  readonly necessity: { readonly checked: number; readonly unnoticed: readonly PositionId[] } | null;
}

/** A part of the project: what the answer to the whole changes in its own files, and the answer to it alone. */
export interface ReportedPart {
  readonly name: string;
  /** The tsconfig, relative to the working directory. */
  readonly project: string;
  readonly own: {
    readonly edits: number;
    readonly unions: number;
    readonly casts: number;
    readonly conversions: number;
  };
  /** Null where nothing in it, or in what it imports, produces the brand. */
  readonly alone: {
    readonly churn: Churn;
    readonly mixed: number;
    readonly mixedReleases: number;
    readonly erased: number;
    readonly recovered: number;
    /** From a source through the part's own files: to the deepest release, and to the deepest loss beside that way. */
    readonly ways: readonly (readonly ReportedStop[])[];
    readonly verdict: Verdict | null;
  } | null;
}

/** A position on a way, and what happens there. */
export interface ReportedStop extends Pick<ReportedPosition, "file" | "line" | "label"> {
  readonly position: PositionId;
  /** Of the flow that brought the brand; null for a source. */
  readonly construct: string | null;
  /** `undecided`: a release that cannot tell which kind it has, and stays plain. */
  readonly marks: readonly ("released" | "undecided" | "erased")[];
}

/** All that a run found; the only thing that reporters see. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** Null for a graph, which no compiler reads. */
  readonly compiler: { readonly name: string; readonly version: string } | null;
  readonly project: string;
  readonly migration: Migration;
  readonly positions: readonly ReportedPosition[];
  readonly edits: readonly Edit[];
  readonly conversions: readonly Edit[];
  readonly obstacles: readonly Obstacle[];
  readonly learned: readonly LearnedFlow[];
  /** With sinks: positions that could be branded as well, and the casts put further back, for the same price. */
  readonly alternatives: readonly PositionId[];
  readonly surface: readonly SurfaceChange[];
  readonly churn: Churn;
  /** Of the project, each asked alone; empty when the configuration names none. */
  readonly parts: readonly ReportedPart[];
  /** Null under --no-verify. */
  readonly verdict: Verdict | null;
  readonly timings: Timings;
}

/** Milliseconds of wall time by phase. */
export interface Timings {
  readonly load: number;
  readonly collect: number;
  readonly solve: number;
  readonly plan: number;
  readonly verify: number;
  readonly totalMs: number;
}
