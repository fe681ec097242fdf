/**
 * Stands for include/linux/highmem.h.
 *
 * Modelled: zero_user().
 * Left out: temporary mappings: every page has a kernel address.
 */

import { page_address } from "../asm-generic/memory_model.ts";
import type { Page } from "./mm_types.ts";

/** zero_user() - fill a part of a page with zeros */
export function zero_user(page: Page, start: number, size: number): void {
  page_address(page).fill(0, start, start + size);
}
