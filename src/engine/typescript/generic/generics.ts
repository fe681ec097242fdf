import type { PositionId, Site } from "../../graph/graph.ts";
import type { Kind, KindAnswer } from "../../solver/kind-flows.ts";
import type { Solution } from "../../solver/solve.ts";
import type { HolderDeclaration } from "./holder-run.ts";

/** A type argument for a reference: of what, and what it is; `own` is the parameter of the holder that it stands in. */
export interface Argument {
  readonly site: Site;
  readonly kind: Kind | "own";
  /** The holder that is referred to. */
  readonly holder: HolderDeclaration;
}

/** The type arguments of a call that says no otherwise what they are. */
export interface CallArguments {
  readonly file: string;
  /** The offset behind the name of what is called. */
  readonly at: number;
  readonly kinds: readonly Kind[];
}

/** Which types and functions take a parameter for the kind, and what stands for it where. */
export interface Generics {
  readonly holders: readonly HolderDeclaration[];
  /** By the key of the function. */
  readonly parameters: KindAnswer["parameters"];
  readonly arguments: readonly Argument[];
  readonly calls: readonly CallArguments[];
  /** Of the mixed positions; `own` where the holder's own parameter stands. */
  readonly kinds: ReadonlyMap<PositionId, Kind | "own">;
  readonly solution: Solution;
}

/** What stays as it is: holders by the key of their declaration, functions by theirs. */
export interface Refused {
  readonly holders: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}
