/**
 * Stands for include/linux/page-flags.h.
 *
 * Modelled: dirty, locked, error, uptodate, under writeback and reserved.
 * Left out: compound pages: PageCompound() is false for every frame, so the tests for it are left out with it.
 */

import type { Page } from "./mm_types.ts";

const PG_locked = 1 << 0;
const PG_error = 1 << 1;
const PG_uptodate = 1 << 3;
const PG_dirty = 1 << 4;
const PG_reserved = 1 << 10;
const PG_writeback = 1 << 13;

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

/** PageUptodate() - does the page hold what its file holds */
export function PageUptodate(page: Page): boolean {
  return (page.flags & PG_uptodate) !== 0;
}

/** SetPageUptodate() - set the flag, nothing else */
export function SetPageUptodate(page: Page): void {
  page.flags |= PG_uptodate;
}

/** PageError() - did the last IO of the page fail */
export function PageError(page: Page): boolean {
  return (page.flags & PG_error) !== 0;
}

/** SetPageError() - set the flag, nothing else */
export function SetPageError(page: Page): void {
  page.flags |= PG_error;
}

/** ClearPageError() - clear the flag, nothing else */
export function ClearPageError(page: Page): void {
  page.flags &= ~PG_error;
}

/** PageWriteback() - is the device reading the page for its file */
export function PageWriteback(page: Page): boolean {
  return (page.flags & PG_writeback) !== 0;
}

/** SetPageWriteback() - set the flag, nothing else */
export function SetPageWriteback(page: Page): void {
  page.flags |= PG_writeback;
}

/** ClearPageWriteback() - clear the flag, nothing else */
export function ClearPageWriteback(page: Page): void {
  page.flags &= ~PG_writeback;
}
