/**
 * Stands for fs/fs-writeback.c, and write_cache_pages() of mm/page-writeback.c.
 *
 * Modelled: writing the dirty pages of a file in memory back, which cleans them and write-protects their mappings,
 * whoever has pinned them.
 * Left out: the write: the file's storage is the cache itself.
 */

import type { AddressSpace } from "../include/linux/mm_types.ts";
import { find_get_page } from "../mm/filemap.ts";
import { clear_page_dirty_for_io, lock_page, unlock_page } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";

/** write_cache_pages() - clean all dirty pages of a file; returns how many there were */
export function write_cache_pages(mapping: AddressSpace): number {
  let written = 0;
  for (let index = 0; index < mapping.nr_pages; index++) {
    const page = find_get_page(mapping, index);
    if (page === null) continue;

    lock_page(page);
    if (clear_page_dirty_for_io(page)) written++;
    unlock_page(page);
    put_page(page);
  }
  return written;
}
