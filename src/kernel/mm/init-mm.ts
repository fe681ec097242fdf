/**
 * Stands for mm/init-mm.c.
 *
 * Modelled: the address space of tasks that have no user space.
 * Left out: the kernel's own mappings.
 */

import type { MmStruct } from "../include/linux/mm_types.ts";

/** Where a kernel thread finds nothing. */
export const init_mm: MmStruct = {
  mmap: [],
  pgd: new Map(),
  mmap_sem: { readers: 0, writer: false },
  mm_users: 1,
  mmu_notifier_mm: [],
  pinned_vm: 0,
  locked_vm: 0,
};
