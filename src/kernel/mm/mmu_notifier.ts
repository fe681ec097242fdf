/**
 * Stands for mm/mmu_notifier.c.
 *
 * Modelled: telling those who use the pages of a process by other means than its page table that a range is about to be
 * unmapped, or shared with a child.
 * Left out: the end of an invalidation, cleaning for writeback (which in 4.19 notifies too, under the page's lock), the
 * other callbacks. When a process has ended nobody is told any more.
 */

import type { MmStruct, MmuNotifier } from "../include/linux/mm_types.ts";

/** mmu_notifier_register() - tell @mn from now on */
export function mmu_notifier_register(mn: MmuNotifier, mm: MmStruct): void {
  mm.mmu_notifier_mm.push(mn);
}

/** mmu_notifier_unregister() - and no longer */
export function mmu_notifier_unregister(mn: MmuNotifier, mm: MmStruct): void {
  const place = mm.mmu_notifier_mm.indexOf(mn);
  if (place !== -1) mm.mmu_notifier_mm.splice(place, 1);
}

/** mmu_notifier_invalidate_range_start() - the range is about to change */
export function mmu_notifier_invalidate_range_start(mm: MmStruct, start: number, end: number): void {
  for (const mn of [...mm.mmu_notifier_mm]) mn.invalidate_range_start(start, end);
}

/** mmu_notifier_release() - the address space comes to its end */
export function mmu_notifier_release(mm: MmStruct): void {
  mm.mmu_notifier_mm.length = 0;
}
