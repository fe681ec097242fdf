/**
 * Stands for the part of shrink_page_list() of mm/vmscan.c that takes from a page what is kept with it.
 *
 * Modelled: clean pages of a file lose their buffers when memory is short, whoever refers to them, except pages that look
 * pinned for DMA, which the kernel spares since it can tell (folio_maybe_dma_pinned()). Where pins are not counted, none
 * looks so.
 * Left out: everything else about reclaim; which pages are old.
 */

import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { PageDirty, PageLocked, PageWriteback } from "../include/linux/page-flags.ts";
import { set_page_dirty } from "./page-writeback.ts";
import { page_maybe_dma_pinned } from "./pin_counting.ts";
import { page_mkclean } from "./rmap.ts";

/** shrink_mapping() - memory is short; returns how many pages of a file gave up what was kept with them */
export function shrink_mapping(mapping: AddressSpace): number {
  return [...mapping.i_pages.values()].filter((page) => shrink_page(page, mapping)).length;
}

function shrink_page(page: Page, mapping: AddressSpace): boolean {
  if (PageLocked(page) || PageWriteback(page) || page_maybe_dma_pinned(page)) return false;

  // What a process wrote through a mapping makes the page dirty now, so its buffers are still needed.
  if (page_mkclean(page) > 0) set_page_dirty(page);
  return !PageDirty(page) && (mapping.a_ops?.releasepage(page) ?? false);
}
