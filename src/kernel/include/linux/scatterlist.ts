/**
 * Stands for include/linux/scatterlist.h.
 *
 * Modelled: an entry keeps its page as an integer, with two flag bits below it, as in the kernel, where it is the
 * page's address; here it is its pfn. The page's type does not survive this.
 */

import { page_to_pfn, page_to_phys, pfn_to_page } from "../asm-generic/memory_model.ts";
import type { Page } from "./mm_types.ts";

const SG_END = 0x2;
const SG_PAGE_LINK_SHIFT = 2;

/** One entry of a scatter-gather list. */
export interface Scatterlist {
  page_link: number;
  offset: number;
  length: number;
  dma_address: number;
}

/** A list as a driver hands it around. */
export interface SgTable {
  readonly sgl: readonly Scatterlist[];
}

/** sg_set_page() - let an entry describe a piece of a page */
export function sg_set_page(sg: Scatterlist, page: Page, len: number, offset: number): void {
  sg.page_link = (page_to_pfn(page) << SG_PAGE_LINK_SHIFT) | (sg.page_link & SG_END);
  sg.offset = offset;
  sg.length = len;
}

/** sg_page() - the page of an entry */
export function sg_page(sg: Scatterlist): Page {
  return pfn_to_page(sg.page_link >>> SG_PAGE_LINK_SHIFT);
}

/** sg_phys() - the physical address of an entry */
export function sg_phys(sg: Scatterlist): number {
  return page_to_phys(sg_page(sg)) + sg.offset;
}

/** sg_mark_end() - this entry is the last */
export function sg_mark_end(sg: Scatterlist): void {
  sg.page_link |= SG_END;
}

/** sg_is_last() - is this entry the last */
export function sg_is_last(sg: Scatterlist): boolean {
  return (sg.page_link & SG_END) !== 0;
}
