/**
 * Stands for mm/page_alloc.c and mm/page_poison.c.
 *
 * Modelled: single frames from a free list; freed frames are filled with a pattern that allocation checks, so a DMA
 * into a frame that was released too early is found; allocations that are made to fail (CONFIG_FAIL_PAGE_ALLOC).
 * Left out: orders, zones, reclaim: when no frame is free, allocation fails.
 */

import { installMemory } from "../hardware/memory.ts";
import { BUG_ON } from "../include/asm-generic/bug.ts";
import { all_pages, memmap_init, page_address, page_to_pfn, pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { PAGE_SIZE, page_ref_count } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { SetPageReserved } from "../include/linux/page-flags.ts";
import { type FaultAttr, should_fail } from "../lib/fault-inject.ts";

const PAGE_POISON = 0xaa;
// By number: the kernel links free pages through a list_head inside of them and comes back by container_of(), which
// brings a page of any kind back as a plain one.
const free_list: number[] = [];

/** Makes allocations fail, none at first. */
export const fail_page_alloc: FaultAttr = { space: 0, times: 0, failed: 0 };

/** mem_init() - install @frames frames; the first becomes ZERO_PAGE(), the others are free */
export function mem_init(frames: number): void {
  installMemory(frames * PAGE_SIZE);
  memmap_init(frames);
  free_list.length = 0;
  fail_page_alloc.times = 0;
  fail_page_alloc.failed = 0;
  for (const page of all_pages().toReversed()) {
    page_address(page).fill(PAGE_POISON);
    free_list.push(page_to_pfn(page));
  }
  const zeroPage = alloc_page();
  if (zeroPage !== null) SetPageReserved(zeroPage);
}

/** alloc_page() - a zeroed frame with one reference, null when memory has run out */
export function alloc_page(): Page | null {
  if (should_fail(fail_page_alloc)) return null;

  const pfn = free_list.pop();
  if (pfn === undefined) return null;

  const page = pfn_to_page(pfn);
  check_poison(page);
  page_address(page).fill(0);
  page._refcount = 1;
  return page;
}

/** __free_page() - drop the reference that alloc_page() gave, in a place where it is known to be the kernel's own page */
export function __free_page(page: Page): void {
  BUG_ON(page_ref_count(page) <= 0, `__free_page() on free page ${page.pfn}`);
  page._refcount--;
  if (page_ref_count(page) === 0) free_unref_page(page);
}

/** free_unref_page() - give a frame back once nobody holds it */
export function free_unref_page(page: Page): void {
  BUG_ON(page_ref_count(page) !== 0, `freeing page ${page.pfn}, which has references`);
  BUG_ON(page._mapcount !== 0, `freeing page ${page.pfn}, which is mapped`);
  page_address(page).fill(PAGE_POISON);
  page.flags = 0;
  page.mapping = null;
  free_list.push(page_to_pfn(page));
}

/** nr_free_pages() - how many frames are left */
export function nr_free_pages(): number {
  return free_list.length;
}

function check_poison(page: Page): void {
  const intact = page_address(page).every((byte) => byte === PAGE_POISON);
  BUG_ON(!intact, `page ${page.pfn} was written after it was freed`);
}
