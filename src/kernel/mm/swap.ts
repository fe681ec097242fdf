/**
 * Stands for mm/swap.c, and for put_page() and put_user_page() of include/linux/mm.h.
 *
 * Modelled: dropping references; the four placeholders of the patch under discussion (October 2018, version 4:
 * put_user_page() in mm.h, the others in mm/swap.c), which do what put_page() does, no more, unless the machine counts
 * pins. As in the kernel, a count of 0 stops put_page(), a negative one does not.
 * Left out: LRU lists, compound and device-managed pages.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { page_ref_count } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { PageReserved } from "../include/linux/page-flags.ts";
import { free_unref_page } from "./page_alloc.ts";
import { page_unpinning, page_was_put } from "./page_pinning.ts";
import { set_page_dirty, set_page_dirty_lock } from "./page-writeback.ts";

/** put_page() - drop one reference; the last one frees the frame */
export function put_page(page: Page): void {
  BUG_ON(page_ref_count(page) === 0, `put_page() on free page ${page.pfn}`);
  page._refcount--;
  page_was_put(page);
  if (page_ref_count(page) === 0) __put_page(page);
}

/** put_user_page() - drop a reference that get_user_pages() took; today the same as put_page() */
export function put_user_page(page: Page): void {
  page_unpinning(page);
  put_page(page);
}

/** release_pages() - drop one reference to each of the first @nr pages of an array */
export function release_pages(pages: readonly Page[], nr: number): void {
  for (const page of pages.slice(0, nr)) put_page(page);
}

/** put_user_pages() - put_user_page() for the first @npages of an array */
export function put_user_pages(pages: readonly Page[], npages: number): void {
  for (const page of pages.slice(0, npages)) put_user_page(page);
}

/** put_user_pages_dirty() - the same for pages that were written to and are kept alive by their mapping */
export function put_user_pages_dirty(pages: readonly Page[], npages: number): void {
  __put_user_pages_dirty(pages, npages, set_page_dirty);
}

/** put_user_pages_dirty_lock() - the same for pages that a truncate could take away meanwhile */
export function put_user_pages_dirty_lock(pages: readonly Page[], npages: number): void {
  __put_user_pages_dirty(pages, npages, set_page_dirty_lock);
}

function __put_user_pages_dirty(pages: readonly Page[], npages: number, sdf: (page: Page) => boolean): void {
  for (const page of pages.slice(0, npages)) {
    sdf(page);
    put_user_page(page);
  }
}

function __put_page(page: Page): void {
  BUG_ON(PageReserved(page), "the last reference to ZERO_PAGE() was dropped");
  free_unref_page(page);
}
