/**
 * Stands for include/asm-generic/memory_model.h (flat memory) and the mem_map of mm/memory.c.
 *
 * Modelled: one struct page per frame; the ways between a page, its pfn, its physical address and its bytes.
 * Left out: high memory: every page has a kernel address, so kmap() is page_address().
 */

import { physicalBytes } from "../../hardware/memory.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../linux/mm.ts";
import type { Page } from "../linux/mm_types.ts";
import { BUG } from "./bug.ts";

const mem_map: Page[] = [];

/** memmap_init() - one struct page for each of @frames frames, none of them in use */
export function memmap_init(frames: number): void {
  mem_map.length = 0;
  for (let pfn = 0; pfn < frames; pfn++) {
    mem_map.push({ pfn, flags: 0, _refcount: 0, _mapcount: 0, mapping: null, index: 0, private: null });
  }
}

/** all_pages() - the whole mem_map, for audits */
export function all_pages(): readonly Page[] {
  return mem_map;
}

/** pfn_to_page() - the page of a frame number */
export function pfn_to_page(pfn: number): Page {
  return mem_map[pfn] ?? BUG(`no frame ${pfn}`);
}

/** pfn_valid() - does the frame have a page, or is it memory of a device */
export function pfn_valid(pfn: number): boolean {
  return pfn < mem_map.length;
}

/** page_to_pfn() - the frame number of a page */
export function page_to_pfn(page: Page): number {
  return page.pfn;
}

/** page_to_phys() - the physical address of a page's first byte */
export function page_to_phys(page: Page): number {
  return page_to_pfn(page) << PAGE_SHIFT;
}

/** page_address() - the bytes of a page */
export function page_address(page: Page): Uint8Array {
  return physicalBytes(page_to_phys(page), PAGE_SIZE);
}
