import type { Migration, Mode } from "../migration.ts";

/** How a step hands its value to the next one. */
export type Binding = "inline" | "inferred" | "written";

/** One step of a program; one that does not apply to the value at hand is left out. */
export type Step =
  | {
      readonly kind: "pass";
      readonly template: string;
      readonly binding: Binding;
      /** Is the same declaration used a second time, with a plain value? */
      readonly plainUse: boolean;
      readonly file: number;
    }
  | {
      readonly kind: "wrap";
      readonly shape: string;
      readonly choice: number;
      readonly binding: Binding;
      readonly file: number;
    }
  | { readonly kind: "unwrap"; readonly choice: number; readonly binding: Binding; readonly file: number }
  /** The value is handed to a function, in which the program goes on. */
  | { readonly kind: "part"; readonly plainUse: boolean; readonly file: number }
  /** A function that only takes the value: it has to be reached. */
  | { readonly kind: "check"; readonly file: number };

/** What a program is written from: everything that fast-check draws, and shrinks. */
export interface Recipe {
  readonly base: "object" | "primitive";
  readonly mode: Mode;
  /** How the type of the source is known. */
  readonly source: "written" | "inferred";
  readonly hasRelease: boolean;
  readonly hasSink: boolean;
  readonly steps: readonly Step[];
}

/** A function that takes one value, and whether branded ones, plain ones or both arrive there. */
export interface Expectation {
  readonly position: string;
  readonly label: "base" | "brand" | "mixed" | "unbranded" | "reached";
}

/** A project to measure, the question, and what is known of the answer because of how it was made. */
export interface Program {
  /** Path to text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly question: Migration;
  readonly expectations: readonly Expectation[];
  /** Does a plain value meet a branded one anywhere? */
  readonly isMixed: boolean;
  /** The names of the templates in it, in order. */
  readonly constructs: readonly string[];
}
