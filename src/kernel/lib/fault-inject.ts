/**
 * Stands for lib/fault-inject.c.
 *
 * Modelled: a call that fails although it could succeed: some calls are let through, then some fail.
 * Left out: probabilities, filters by task or call site.
 */

/** When to fail. */
export interface FaultAttr {
  /** Calls that are still let through. */
  space: number;
  /** How often to fail after that. */
  times: number;
  /** How often it has failed. */
  failed: number;
}

/** should_fail() - is it this call's turn to fail */
export function should_fail(attr: FaultAttr): boolean {
  if (attr.times === 0) return false;
  if (attr.space > 0) {
    attr.space--;
    return false;
  }
  attr.times--;
  attr.failed++;
  return true;
}
