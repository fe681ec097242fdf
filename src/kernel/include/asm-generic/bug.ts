/**
 * Stands for include/asm-generic/bug.h.
 *
 * Modelled: BUG() and BUG_ON(), which stop the machine: a throw here is a bug of the model or of a change made to it.
 * Left out: WARN_ON() and everything about printing.
 */

/** BUG() - stop the machine; returns never, so that `x ?? BUG("...")` reads as a check */
export function BUG(message: string): never {
  throw new Error(`kernel BUG: ${message}`);
}

/** BUG_ON() - stop the machine when @condition holds */
export function BUG_ON(condition: boolean, message: string): void {
  if (condition) BUG(message);
}
