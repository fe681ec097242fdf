/**
 * Stands for include/linux/err.h.
 *
 * Modelled: an error code in the place of a pointer. C hides it in the pointer's own type; here it is a type of its own,
 * so a function that may fail says `Page | ErrPtr`.
 */

/** An errno where a pointer was expected. `error` is negative. */
export interface ErrPtr {
  readonly error: number;
}

/** ERR_PTR() - wrap a negative errno */
export function ERR_PTR(error: number): ErrPtr {
  return { error };
}

/** IS_ERR() - tell a wrapped errno from a real object */
export function IS_ERR(pointer: object): pointer is ErrPtr {
  return "error" in pointer;
}

/** PTR_ERR() - the negative errno */
export function PTR_ERR(pointer: ErrPtr): number {
  return pointer.error;
}
