/**
 * Stands for include/linux/page-flags.h.
 *
 * Modelled: dirty, locked and reserved.
 * Left out: compound pages: PageCompound() is false for every frame, so the tests for it are left out with it.
 */

import type { Page } from "./mm_types.ts";

const PG_locked = 1 << 0;
const PG_dirty = 1 << 4;
const PG_reserved = 1 << 10;

/** PageDirty() - does the page hold data that its file does not */
export function PageDirty(page: Page): boolean {
  return (page.flags & PG_dirty) !== 0;
}

/** SetPageDirty() - set the flag, nothing else */
export function SetPageDirty(page: Page): void {
  page.flags |= PG_dirty;
}

/** ClearPageDirty() - clear the flag, nothing else */
export function ClearPageDirty(page: Page): void {
  page.flags &= ~PG_dirty;
}

/** PageLocked() - is somebody working on the page's contents */
export function PageLocked(page: Page): boolean {
  return (page.flags & PG_locked) !== 0;
}

/** __SetPageLocked() - set the flag, nothing else */
export function __SetPageLocked(page: Page): void {
  page.flags |= PG_locked;
}

/** __ClearPageLocked() - clear the flag, nothing else */
export function __ClearPageLocked(page: Page): void {
  page.flags &= ~PG_locked;
}

/** PageReserved() - is this the zero page, which is never freed */
export function PageReserved(page: Page): boolean {
  return (page.flags & PG_reserved) !== 0;
}

/** SetPageReserved() - keep the page for ever */
export function SetPageReserved(page: Page): void {
  page.flags |= PG_reserved;
}
