/** `distinct`: the brand is assignable neither way. `subtype`: a branded value passes as the base, not the reverse. */
export type Mode = "distinct" | "subtype";

/** A plain release and the branded one a call of it becomes; both are selectors or bare names. */
export interface Release {
  readonly plain: string;
  readonly branded: string;
}

/**
 * How a plain value becomes a branded one in test code. `cast`: each by an assertion of its own. `mint-helper`: by calls
 * of one function, declared beside the brand, so that hundreds of assertions are one.
 */
export type Strategy = "cast" | "mint-helper";

/** The question: what if these sources produced a branded type? Selectors and names as the user typed them. */
export interface Migration {
  readonly base: string | undefined;
  readonly brand: string;
  readonly mode: Mode;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: readonly Release[];
  /** `cast` when left out. */
  readonly strategy?: Strategy | undefined;
}
