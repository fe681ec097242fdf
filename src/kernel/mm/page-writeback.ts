/**
 * Stands for the page flags side of mm/page-writeback.c, and lock_page() of mm/filemap.c.
 *
 * Modelled: dirtying a page and cleaning it for writeback, which write-protects its mappings.
 * Left out: accounting, throttling, the radix tree tags; which pages are written is decided in fs/fs-writeback.ts.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import type { Page } from "../include/linux/mm_types.ts";
import {
  __ClearPageLocked,
  __SetPageLocked,
  ClearPageDirty,
  PageDirty,
  PageLocked,
  SetPageDirty,
} from "../include/linux/page-flags.ts";
import { might_sleep } from "../kernel/softirq.ts";
import { page_mkclean } from "./rmap.ts";

/** set_page_dirty() - the page's data must reach its file; true when that is news */
export function set_page_dirty(page: Page): boolean {
  const newly = !PageDirty(page);
  SetPageDirty(page);
  return newly;
}

/** set_page_dirty_lock() - set_page_dirty() under the page lock, for callers that do not keep the mapping alive */
export function set_page_dirty_lock(page: Page): boolean {
  lock_page(page);
  const newly = set_page_dirty(page);
  unlock_page(page);
  return newly;
}

/** clear_page_dirty_for_io() - the page is about to be written back; a later write through a mapping faults */
export function clear_page_dirty_for_io(page: Page): boolean {
  BUG_ON(!PageLocked(page), `cleaning page ${page.pfn} without its lock`);
  if (page_mkclean(page) > 0) set_page_dirty(page);
  if (!PageDirty(page)) return false;

  ClearPageDirty(page);
  return true;
}

/** lock_page() - may have to wait in the kernel; here nobody sleeps while holding the lock, so it is always free */
export function lock_page(page: Page): void {
  might_sleep();
  BUG_ON(PageLocked(page), `page ${page.pfn} is locked already`);
  __SetPageLocked(page);
}

/** unlock_page() - let others work on the page */
export function unlock_page(page: Page): void {
  __ClearPageLocked(page);
}
