/**
 * Stands for kernel/locking/rwsem.c.
 *
 * Modelled: who may read, counted, so that a walker can insist on being covered; a writer, who must be alone.
 * Left out: waiting: while a task sleeps with a lock, no other system call begins (kernel/sched/core.ts).
 */

import { BUG_ON } from "../../include/asm-generic/bug.ts";
import { lock_acquire, lock_release } from "./lockdep.ts";

/** A reader-writer semaphore. */
export interface RwSemaphore {
  readers: number;
  writer: boolean;
}

/** down_read() - enter as a reader */
export function down_read(sem: RwSemaphore): void {
  BUG_ON(sem.writer, "down_read() would wait for a writer");
  lock_acquire();
  sem.readers++;
}

/** up_read() - leave as a reader */
export function up_read(sem: RwSemaphore): void {
  BUG_ON(sem.readers === 0, "up_read() without down_read()");
  sem.readers--;
  lock_release();
}

/** down_write() - enter as the writer */
export function down_write(sem: RwSemaphore): void {
  BUG_ON(!down_write_trylock(sem), "down_write() would wait");
}

/** down_write_trylock() - the same where the caller must not wait; false when somebody is inside */
export function down_write_trylock(sem: RwSemaphore): boolean {
  if (sem.readers > 0 || sem.writer) return false;

  lock_acquire();
  sem.writer = true;
  return true;
}

/** up_write() - leave as the writer */
export function up_write(sem: RwSemaphore): void {
  BUG_ON(!sem.writer, "up_write() without down_write()");
  sem.writer = false;
  lock_release();
}
