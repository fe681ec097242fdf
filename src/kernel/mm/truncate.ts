/**
 * Stands for mm/truncate.c.
 *
 * Modelled: a file that becomes shorter or longer while it is mapped and while its pages are pinned: the pages beyond its
 * end are unmapped and leave the page cache; who holds one keeps it, without a file.
 * Left out: writeback that is under way, the rest of a page that is cut in the middle.
 */

import type { AddressSpace } from "../include/linux/mm_types.ts";
import { unmap_mapping_range } from "./memory.ts";
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

    page.mapping = null;
    mapping.i_pages.delete(index);
    put_page(page);
  }
}

// A fault that finds the old size can map a page between the two steps; the model's faults cannot, the kernel repeats the first.
function truncate_pagecache(mapping: AddressSpace, newsize: number): void {
  unmap_mapping_range(mapping, newsize);
  truncate_inode_pages(mapping, newsize);
}
