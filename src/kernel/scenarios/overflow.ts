/** A story of the counting bias: what its count cannot hold. */

import { get_user_pages_fast, page_add_pin } from "../mm/gup.ts";
import { counting, page_maybe_dma_pinned } from "../mm/pin_counting.ts";
import { put_user_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import { boot, mapBuffer, READ_WRITE } from "./machine.ts";
import { pinned } from "./pinning.ts";

const MOST_PINS = 2 ** 21 - 1;

/** pinUntilFull() - one page is pinned as often as its count allows; one more is refused, by both walks */
export function pinUntilFull() {
  const machine = boot({ frames: 8, detectors: [counting()] });
  const start = mapBuffer(machine, 16, 1, READ_WRITE);
  const pages = pinned(start, 1);
  for (let pins = 1; pins < MOST_PINS; pins++) for (const page of pages) page_add_pin(page);
  const refused = get_user_pages_fast(start, 1, true, []);
  for (const page of pages) put_user_page(page);
  const afterOnePut = get_user_pages_fast(start, 1, true, pages);
  const maybePinned = pages.map(page_maybe_dma_pinned);
  for (let pins = 0; pins < MOST_PINS; pins++) for (const page of pages.slice(1)) put_user_page(page);
  return { refused, afterOnePut, maybePinned, imbalances: imbalances(machine) };
}
