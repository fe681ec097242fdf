/** `distinct`: the brand is assignable neither way. `subtype`: a branded value passes as the base, not the reverse. */
export type Mode = "distinct" | "subtype";

/** A plain release and the branded one a call of it becomes; both are selectors or bare names. */
export interface Release {
  readonly plain: string;
  readonly branded: string;
}

/**
 * How the question is answered. `distinct` and `subtype`, each in the mode of its name, write the brand wherever it goes;
 * so does `mint-helper`, which lets test code call one function, declared beside the brand, instead of casting each
 * value. `cut` stops at chosen positions, or where plain values join, behind a cast. In distinct mode alone: `rename`
 * only calls branded releases by their own name, without a type; `flag` does that too, and asks a function at run time
 * where values mix; `view` lets those that only read take either kind; `generic` gives holders and those that pass them on
 * a type parameter for the kind of what is held.
 */
export type Strategy = "distinct" | "subtype" | "mint-helper" | "cut" | "rename" | "flag" | "view" | "generic";

/** A function that makes something else of a value, and the one that makes a value of that again; both are selectors. */
export interface Erasure {
  readonly out: string;
  readonly back: string;
}

/** The question: what if these sources produced a branded type? Selectors and names as the user typed them. */
export interface Migration {
  readonly base: string | undefined;
  readonly brand: string;
  readonly mode: Mode;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: readonly Release[];
  /** That of the mode's name when left out. */
  readonly strategy?: Strategy | undefined;
  /** For `cut`: selectors of where the brand stops; where plain values join when left out. */
  readonly cuts?: readonly string[] | undefined;
  /** Functions by which a value leaves the checked types as something else, such as an integer, and the way back. */
  readonly erasures?: readonly Erasure[] | undefined;
  /** For `flag`: a selector of a function that says of a plain value, at run time, whether it is branded. */
  readonly flag?: string | undefined;
}
