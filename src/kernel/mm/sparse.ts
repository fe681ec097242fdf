/**
 * Stands for mm/sparse.c, where page_to_nid() looks the node up for machines that have no room for it in page->flags.
 *
 * Modelled: two memory nodes, each with one half of the frames.
 * Left out: sections, holes between nodes, allocation that prefers a node: frames are given out by number.
 */

import { all_pages, page_to_pfn } from "../include/asm-generic/memory_model.ts";
import type { Page } from "../include/linux/mm_types.ts";

/** page_to_nid() - the memory node that a page lies in: 0 or 1 */
export function page_to_nid(page: Page): number {
  return page_to_pfn(page) < all_pages().length / 2 ? 0 : 1;
}
