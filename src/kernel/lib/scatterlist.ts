/**
 * Stands for lib/scatterlist.c.
 *
 * Modelled: a table of entries; one made from an array of pages, and the pages of one.
 * Left out: chained tables.
 */

import { page_to_pfn, pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { type Scatterlist, type SgTable, sg_mark_end, sg_page, sg_set_page } from "../include/linux/scatterlist.ts";

/** sg_init_table() - @nents empty entries */
export function sg_init_table(nents: number): Scatterlist[] {
  return Array.from({ length: nents }, () => ({ page_link: 0, offset: 0, length: 0, dma_address: 0 }));
}

/** sg_alloc_table_from_pages() - @size bytes from @offset in the first page on; neighbouring frames share an entry */
export function sg_alloc_table_from_pages(pages: readonly Page[], offset: number, size: number): SgTable {
  const sgl: Scatterlist[] = [];
  let start = 0;
  let position = -offset;
  while (start < pages.length) {
    const end = contiguousEnd(pages, start);
    const length = Math.min((end - start) * PAGE_SIZE + Math.min(position, 0), size - Math.max(position, 0));
    const [page] = pages.slice(start, end);
    const [sg] = sg_init_table(1);
    if (page !== undefined && sg !== undefined) {
      sg_set_page(sg, page, length, start === 0 ? offset : 0);
      sgl.push(sg);
    }
    position += (end - start) * PAGE_SIZE;
    start = end;
  }
  const last = sgl.at(-1);
  if (last !== undefined) sg_mark_end(last);
  return { sgl };
}

/** sgt_pages() - stands for for_each_sgt_page(): every page that a table made of whole pages describes */
export function sgt_pages(st: SgTable): readonly Page[] {
  return st.sgl.flatMap((sg) => {
    const first = page_to_pfn(sg_page(sg));
    return Array.from({ length: sg.length >> PAGE_SHIFT }, (_, k) => pfn_to_page(first + k));
  });
}

function contiguousEnd(pages: readonly Page[], start: number): number {
  const first = pages[start];
  if (first === undefined) return start;

  const breaks = pages.findIndex((page, k) => k > start && page_to_pfn(page) !== page_to_pfn(first) + k - start);
  return breaks === -1 ? pages.length : breaks;
}
