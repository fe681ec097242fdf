/**
 * Stands for GUP_PIN_COUNTING_BIAS and page_maybe_dma_pinned() of include/linux/mm.h (v5.7).
 *
 * Modelled: a pin counts 1024 in _refcount, an ordinary reference 1, in a C int.
 * Shortcomings, as in Linux: 1024 ordinary references look like a pin, and 2^21 pins do not fit into the count, so one
 * more is refused. A count that has become negative is no pin.
 */

import { all_pages, pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { page_ref_count } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { indifferent, type PinDetector, page_pinning_watched_by } from "./page_pinning.ts";

/** What one pin adds to `_refcount`. */
export const GUP_PIN_COUNTING_BIAS = 1024;
const INT_MAX = 2 ** 31 - 1;

/** counting() - a pin weighs 1024 references */
export function counting(): PinDetector {
  return {
    ...indifferent,
    name: "counting",
    permits: (pfn) => page_ref_count(pfn_to_page(pfn)) <= INT_MAX - GUP_PIN_COUNTING_BIAS,
    pinned: (pfn) => weigh(pfn, GUP_PIN_COUNTING_BIAS - 1),
    unpinning: (pfn) => weigh(pfn, 1 - GUP_PIN_COUNTING_BIAS),
    atRest: () => all_pages().flatMap(suspicionOf),
  };
}

/** page_maybe_dma_pinned() - does the count look like a pin; never a wrong no while pins are counted, now and then a wrong yes */
export function page_maybe_dma_pinned(page: Page): boolean {
  return page_ref_count(page) >= GUP_PIN_COUNTING_BIAS;
}

/** page_references() - how many hold the page, each pin as one, whether pins are counted or not */
export function page_references(page: Page): number {
  const count = page_ref_count(page);
  if (!page_maybe_dma_pinned(page) || !page_pinning_watched_by("counting")) return count;
  return Math.floor(count / GUP_PIN_COUNTING_BIAS) + (count % GUP_PIN_COUNTING_BIAS);
}

// C's arithmetic: what exceeds an int becomes negative.
function weigh(pfn: number, weight: number): void {
  const page = pfn_to_page(pfn);
  page._refcount = (page._refcount + weight) | 0;
}

function suspicionOf(page: Page): readonly string[] {
  if (page_maybe_dma_pinned(page)) return [`page ${page.pfn}: count ${page_ref_count(page)} looks like a pin`];
  return page_ref_count(page) < 0 ? [`page ${page.pfn}: count ${page_ref_count(page)} is negative`] : [];
}
