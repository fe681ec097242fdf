import type { PositionId } from "../graph/graph.ts";

/** Where a value is looked at: a position of the engine's, and the way from the value to it, such as `.[]`. */
export interface Place {
  readonly position: PositionId;
  readonly path: string;
  /** The positions that the value comes from right here, as far as the expression says. */
  readonly from: readonly PositionId[];
  /** A container has this name for the moment only, as a new literal does: what is put into it later is not seen here. */
  readonly passing?: true;
  readonly file: string;
  readonly line: number;
}

/**
 * One place of the source where a value arrives. `becomes` says what goes on from there: the reference as it came, a
 * reference that is followed from here on (a source), or the plain value (a release ends what is followed).
 */
export interface Point {
  readonly places: readonly Place[];
  readonly becomes: "itself" | "pinned" | "plain";
  /** The value is handed to whatever function is called here, as its parameter of this number. */
  readonly hands?: number;
  /** A function of any caller begins here, and this is its parameter of this number. */
  readonly takes?: number;
}

/** All that an instrumented program has to know at run time. */
export interface PointTable {
  readonly points: readonly Point[];
  /** What a value of the base has for members: so is one told from an error value in its place. */
  readonly members: readonly string[];
}

/** Which places saw a followed reference, and which a plain value: indexes into all places, in the order of the points. */
export interface Sightings {
  readonly pinned: readonly number[];
  readonly plain: readonly number[];
  /** Which points handed a value to which: a call through a type, and the function that it turned out to be. */
  readonly handed: readonly (readonly [number, number])[];
}
