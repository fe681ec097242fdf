declare const putBefore: unique symbol;

/** The mark that an assertion signature leaves on a variable whose page was put; it exists for the compiler alone. */
export interface Released {
  readonly [putBefore]: true;
}

/** What a released variable fails to be: its name is what the compiler's message shows. */
export interface AlreadyPut {
  readonly [putBefore]: never;
}

/**
 * What an argument must be besides its own kind: not `any`, and not a variable that was put before.
 *
 * A parameter of type `P & Releasable<P>` accepts every other `P` unchanged. It is a conditional type, because
 * a narrowed variable is a subtype of what it was, and a plain parameter type always accepts a subtype.
 */
export type Releasable<P> = 0 extends 1 & P ? never : P extends Released ? AlreadyPut : unknown;

/**
 * What a variable becomes once it was put: still the same kind, and no longer `Releasable`.
 *
 * Shortcomings: the compiler follows one variable through straight code. It does not see an alias, a put in only one
 * branch, or the next round of a loop. It keeps the mark on `holder.page` when something else refills the holder, and
 * on a variable that owed two puts: give each pin a variable of its own (see `page_add_pin`). After one rejected put
 * it reports no further ones of that variable.
 */
export type Put<P> = P & Releasable<P> & Released;
