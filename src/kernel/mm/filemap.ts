/**
 * Stands for mm/filemap.c, with the page contents of a file in memory (mm/shmem.c).
 *
 * Modelled: the page cache: one reference per cached page, pages made on first use.
 * Left out: reading from a disk, read-ahead, eviction.
 */

import { get_page } from "../include/linux/mm.ts";
import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { alloc_page } from "./page_alloc.ts";

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

function add_to_page_cache(page: Page, mapping: AddressSpace, index: number): void {
  get_page(page);
  page.mapping = mapping;
  page.index = index;
  mapping.i_pages.set(index, page);
}
