/**
 * Stands for mm/truncate.c.
 *
 * Modelled: a file that becomes shorter or longer while it is mapped and while its pages are pinned: the pages beyond its
 * end are unmapped and leave the page cache; who holds one keeps it, without a file.
 * Left out: the rest of a page that is cut in the middle.
 */

import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { ClearPageDirty } from "../include/linux/page-flags.ts";
import { unmap_mapping_range } from "./memory.ts";
import { lock_page_at_rest, unlock_page } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

/** truncate_setsize() - the file has @nr_pages pages from now on */
export function truncate_setsize(mapping: AddressSpace, nr_pages: number): void {
  mapping.nr_pages = nr_pages;
  truncate_pagecache(mapping, nr_pages);
}

/** truncate_inode_pages() - forget the cached pages from @lstart on; pages that are still pinned live on without a file */
export function truncate_inode_pages(mapping: AddressSpace, lstart: number): void {
  for (const [index, page] of mapping.i_pages) {
    if (index < lstart) continue;

    truncate_inode_page(mapping, index, page);
  }
}

// A fault that finds the old size can map a page between the two steps; the model's faults cannot, the kernel repeats the first.
function truncate_pagecache(mapping: AddressSpace, newsize: number): void {
  unmap_mapping_range(mapping, newsize);
  truncate_inode_pages(mapping, newsize);
}

// Whoever reads or writes the page for the file is waited for; the reference is the cache's.
function truncate_inode_page(mapping: AddressSpace, index: number, page: Page): void {
  lock_page_at_rest(page);
  mapping.a_ops?.invalidatepage(page);
  ClearPageDirty(page);
  page.mapping = null;
  mapping.i_pages.delete(index);
  unlock_page(page);
  put_page(page);
}
