/**
 * Stands for mm/filemap.c, with the page contents of a file in memory (mm/shmem.c).
 *
 * Modelled: the page cache: one reference per cached page, pages made on first use; a page that is read from its file
 * when it is first needed, by read(2), by a fault, or by a write to a part of it.
 * Left out: eviction, faults that give mmap_sem back while they wait.
 */

import { ERR_PTR, type ErrPtr } from "../include/linux/err.ts";
import { EIO, ENOMEM } from "../include/linux/errno.ts";
import { get_page } from "../include/linux/mm.ts";
import type { AddressSpace, AddressSpaceOperations, Page } from "../include/linux/mm_types.ts";
import { ClearPageError, PageUptodate } from "../include/linux/page-flags.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { alloc_page } from "./page_alloc.ts";
import { lock_page, unlock_page, wait_on_page_locked } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

/** find_get_page() - the cached page at @index with a reference of its own, null when there is none */
export function find_get_page(mapping: AddressSpace, index: number): Page | null {
  const page = mapping.i_pages.get(index);
  if (page === undefined) return null;

  get_page(page);
  return page;
}

/** find_or_create_page() - the same, but a missing page is made; null when memory has run out */
export function find_or_create_page(mapping: AddressSpace, index: number): Page | null {
  const cached = find_get_page(mapping, index);
  if (cached !== null) return cached;

  const page = alloc_page();
  if (page !== null) add_to_page_cache(page, mapping, index);
  return page;
}

/** read_mapping_page() - a cached page that holds what the file holds, with a reference of its own, or an errno */
export function read_mapping_page(mapping: AddressSpace, index: number): Page | ErrPtr {
  const page = find_or_create_page(mapping, index);
  if (page === null) return ERR_PTR(-ENOMEM);
  if (mapping.a_ops === null || PageUptodate(page)) return page;

  start_read(page, mapping.a_ops);
  wait_on_page_locked(page);
  if (PageUptodate(page)) return page;

  put_page(page);
  return ERR_PTR(-EIO);
}

/** filemap_fault() - the page that a mapping of the file needs, with a reference for the page table, or an errno */
export function filemap_fault(mapping: AddressSpace, index: number): Page | ErrPtr {
  return read_mapping_page(mapping, index);
}

/** replace_page_cache_page() - another page takes the place of a cached one, whose caller still refers to it */
export function replace_page_cache_page(old_page: Page, new_page: Page): void {
  const { mapping, index } = old_page;
  if (mapping === null) return;

  get_page(new_page);
  new_page.mapping = mapping;
  new_page.index = index;
  radix_tree_replace_slot(mapping, index, new_page);
  old_page.mapping = null;
  put_page(old_page);
}

// In C an item of the tree is a `void *`, whatever it points to.
function radix_tree_replace_slot(mapping: AddressSpace, index: number, item: unknown): void {
  mapping.i_pages.set(index, item as Page);
}

function add_to_page_cache(page: Page, mapping: AddressSpace, index: number): void {
  get_page(page);
  page.mapping = mapping;
  page.index = index;
  mapping.i_pages.set(index, page);
}

// Whoever sleeps for a tag has locked pages whose bio was not sent: nobody who could want them may begin meanwhile.
function start_read(page: Page, a_ops: AddressSpaceOperations): void {
  lock_page(page);
  if (PageUptodate(page) || page.mapping === null) {
    unlock_page(page);
    return;
  }
  lock_acquire();
  ClearPageError(page);
  a_ops.readpage(page);
  lock_release();
}
