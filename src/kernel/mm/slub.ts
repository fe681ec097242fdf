/**
 * Stands for mm/slub.c, as far as one driver's arrays of page pointers go.
 *
 * Modelled: the array that was freed last is handed out first, and nobody clears it: behind what its new owner writes
 * stands what its last owner wrote. All arrays are of one size class. In C the allocator knows no types (void *), and a
 * conversion would leave it alone; here it has one, because what it hands on by mistake has the type of what it was.
 * Left out: everything else: the objects of the model come from its language.
 */

import type { Page } from "../include/linux/mm_types.ts";

const freelist: Page[][] = [];

/** kmem_cache_init() - no array was ever used */
export function kmem_cache_init(): void {
  freelist.length = 0;
}

/** kmalloc_array() - what is left in an array of its last owner's; the caller writes over it from the front */
export function kmalloc_array(): Page[] {
  return freelist.pop() ?? [];
}

/** kfree() - an array with this in it is free */
export function kfree(pages: Page[]): void {
  freelist.push(pages);
}
