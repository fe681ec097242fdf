/** `distinct`: the brand is assignable neither way. `subtype`: a branded value passes as the base, not the reverse. */
export type Mode = "distinct" | "subtype";

/** A plain release and the branded one a call of it becomes; both are selectors or bare names. */
export interface Release {
  readonly plain: string;
  readonly branded: string;
}

/** The question: what if these sources produced a branded type? Selectors and names as the user typed them. */
export interface Migration {
  readonly base: string | undefined;
  readonly brand: string;
  readonly mode: Mode;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: readonly Release[];
}
