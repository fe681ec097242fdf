/**
 * Stands for mm/shmem.c, and for pageout() of mm/vmscan.c.
 *
 * Modelled: a file in memory whose pages go to swap when memory is short, and come back when they are needed. Pages that
 * anybody refers to are spared: a page table, or whoever has pinned them.
 * Left out: unmapping what is mapped; that a page comes back from the swap cache itself and not as a copy.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { address_space_init_once } from "../include/linux/fs.ts";
import { page_ref_count } from "../include/linux/mm.ts";
import type { AddressSpace, AddressSpaceOperations, Page } from "../include/linux/mm_types.ts";
import { PageLocked, PageWriteback, SetPageUptodate } from "../include/linux/page-flags.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { swap_readpage, swap_writepage } from "./page_io.ts";
import { lock_page, unlock_page } from "./page-writeback.ts";
import { put_page } from "./swap.ts";
import {
  add_to_swap_cache,
  get_swap_page,
  lookup_swap_cache,
  type SwapInfoStruct,
  swap_free,
  type swp_entry_t,
  try_to_free_swap,
} from "./swapfile.ts";

interface ShmemInodeInfo {
  readonly si: SwapInfoStruct;
  /** The slot of each page that has one; a page that came back keeps it. */
  readonly swapped: Map<number, swp_entry_t>;
}

/** shmem_file_setup() - an empty file in memory, with a swap area behind it */
export function shmem_file_setup(si: SwapInfoStruct, size: number): AddressSpace {
  const info: ShmemInodeInfo = { si, swapped: new Map() };
  return { ...address_space_init_once(size), a_ops: shmem_aops, host: info };
}

/** pageout() - memory is short: start to write out what nobody refers to; returns how many pages were sent */
export function pageout(mapping: AddressSpace): number {
  lock_acquire();
  const sent = [...mapping.i_pages.values()].filter((page) => is_page_cache_freeable(page) && shmem_writepage(page));
  lock_release();
  return sent.length;
}

/** shmem_free_swap() - the file is gone: its slots are free, as soon as what is on its way has arrived */
export function shmem_free_swap(mapping: AddressSpace): boolean {
  const { si, swapped } = SHMEM_I(mapping);
  for (const [index, entry] of [...swapped]) {
    if (!try_to_free_swap(si, entry)) continue;

    swap_free(si, entry);
    swapped.delete(index);
  }
  return swapped.size === 0;
}

const shmem_aops: AddressSpaceOperations = {
  readpage: shmem_readpage,
  readpages: (pages) => pages.forEach(shmem_readpage),
  writepages: () => 0,
  invalidatepage: () => {},
  releasepage: () => false,
  page_mkwrite: () => {},
};

function is_page_cache_freeable(page: Page): boolean {
  return !PageLocked(page) && !PageWriteback(page) && page._mapcount === 0 && page_ref_count(page) === 1;
}

// The page moves from the page cache to the swap cache. False if there is no place for it.
function shmem_writepage(page: Page): boolean {
  const { mapping } = page;
  if (mapping === null) return false;

  const { si, swapped } = SHMEM_I(mapping);
  const entry = swapped.get(page.index) ?? get_swap_page(si);
  if (entry === null || !try_to_free_swap(si, entry)) return false;

  lock_page(page);
  add_to_swap_cache(si, page, entry);
  swapped.set(page.index, entry);
  delete_from_page_cache(mapping, page);
  swap_writepage(si, page, entry);
  return true;
}

function delete_from_page_cache(mapping: AddressSpace, page: Page): void {
  mapping.i_pages.delete(page.index);
  page.mapping = null;
  put_page(page);
}

function shmem_readpage(page: Page): void {
  const { si, swapped } = SHMEM_I(page.mapping ?? BUG("a page is read for a file that it has left"));
  const entry = swapped.get(page.index);
  const cached = entry === undefined ? null : lookup_swap_cache(si, entry);
  if (entry !== undefined && cached === null) {
    swap_readpage(si, page, entry);
    return;
  }
  if (cached !== null) page_address(page).set(page_address(cached));
  SetPageUptodate(page);
  unlock_page(page);
}

function SHMEM_I(mapping: AddressSpace): ShmemInodeInfo {
  return mapping.host as ShmemInodeInfo;
}
