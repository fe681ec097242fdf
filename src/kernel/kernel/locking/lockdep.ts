/**
 * Stands for kernel/locking/lockdep.c.
 *
 * Modelled: how many locks are held, because while a task sleeps with one, nobody who could want it may begin.
 * Left out: who holds which lock; classes, orders, reports.
 */

import { BUG_ON } from "../../include/asm-generic/bug.ts";

const lockdep = { held: 0 };

/** lockdep_init() - nothing is locked */
export function lockdep_init(): void {
  lockdep.held = 0;
}

/** lock_acquire() - a lock was taken */
export function lock_acquire(): void {
  lockdep.held++;
}

/** lock_release() - a lock was given back */
export function lock_release(): void {
  BUG_ON(lockdep.held === 0, "a lock is given back that nobody held");
  lockdep.held--;
}

/** lockdep_depth() - how many locks are held */
export function lockdep_depth(): number {
  return lockdep.held;
}
