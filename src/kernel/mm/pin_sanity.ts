/**
 * Stands for the checks of v5.7 and later under CONFIG_DEBUG_VM, and one that Linux does not have.
 *
 * Modelled: at the release of a pin, that the count holds one; at every put_page(), that the ordinary references which
 * are left suffice for what is known to hold one: the page table entries and the page cache. The second needs only what
 * struct page has. Both read the count that counting() makes, so they are switched on before it and with it.
 * Shortcomings: those of the counting bias; and a holder that is not known may be robbed unseen.
 */

import { pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { page_ref_count } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { indifferent, type PinDetector, warn_pinning } from "./page_pinning.ts";
import { GUP_PIN_COUNTING_BIAS, page_maybe_dma_pinned } from "./pin_counting.ts";
import { callersOf, save_stack, stack_init } from "./pin_stack.ts";

/** sanityChecks() - look at the count before and after each release */
export function sanityChecks(): PinDetector {
  return { ...indifferent, name: "checks", reset: stack_init, unpinning: check_unpin, put: check_put };
}

function check_unpin(pfn: number): void {
  if (!page_maybe_dma_pinned(pfn_to_page(pfn))) warn_release(pfn, "is not pinned");
}

function check_put(pfn: number): void {
  const page = pfn_to_page(pfn);
  if (page_ref_count(page) < 0) return;

  const left = page_ref_count(page) % GUP_PIN_COUNTING_BIAS;
  const holders = known_holders(page);
  if (left === GUP_PIN_COUNTING_BIAS - 1) warn_release(pfn, "had no ordinary reference, only pins");
  else if (left < holders) warn_release(pfn, `has ${left} ordinary references left for ${holders} holders`);
}

function known_holders(page: Page): number {
  return page._mapcount + (page.mapping === null ? 0 : 1);
}

// A warning comes with the stack, as WARN_ON() does.
function warn_release(pfn: number, complaint: string): void {
  warn_pinning(`page ${pfn} ${complaint}, released by ${callersOf(save_stack())}`);
}
