/**
 * Stands for kernel/locking/rwsem.c.
 *
 * Modelled: who may read, counted, so that a walker can insist on being covered.
 * Left out: writers and waiting: system calls of the model do not overlap inside the address space.
 */

import { BUG_ON } from "../../include/asm-generic/bug.ts";

/** A reader-writer semaphore reduced to its readers. */
export interface RwSemaphore {
  readers: number;
}

/** down_read() - enter as a reader */
export function down_read(sem: RwSemaphore): void {
  sem.readers++;
}

/** up_read() - leave as a reader */
export function up_read(sem: RwSemaphore): void {
  BUG_ON(sem.readers === 0, "up_read() without down_read()");
  sem.readers--;
}
