/**
 * Stands for fs/fs-writeback.c, and write_cache_pages() and do_writepages() of mm/page-writeback.c.
 *
 * Modelled: writing the dirty pages of a file back, which cleans them and write-protects their mappings, whoever has
 * pinned them. The write itself is the file system's; for a file in memory the cache is the storage and there is none.
 * Left out: periodic writeback, ranges, tags.
 */

import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { find_get_page } from "../mm/filemap.ts";
import { clear_page_dirty_for_io, lock_page_at_rest, unlock_page } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";

/** do_writepages() - start to write all dirty pages of a file; returns how many there were */
export function do_writepages(mapping: AddressSpace): number {
  if (mapping.a_ops === null) return write_cache_pages(mapping);

  // Pages are locked, or in a bio that was not sent, while this sleeps for others.
  lock_acquire();
  const written = mapping.a_ops.writepages(mapping);
  lock_release();
  return written;
}

/** write_cache_pages() - clean all dirty pages of a file; @writepage gets each locked and unlocks it */
export function write_cache_pages(mapping: AddressSpace, writepage: (page: Page) => void = unlock_page): number {
  let written = 0;
  for (let index = 0; index < mapping.nr_pages; index++) {
    const page = find_get_page(mapping, index);
    if (page === null) continue;

    lock_page_at_rest(page);
    if (clear_page_dirty_for_io(page)) {
      written++;
      writepage(page);
    } else {
      unlock_page(page);
    }
    put_page(page);
  }
  return written;
}
