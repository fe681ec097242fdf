/**
 * Stands for the page flags side of mm/page-writeback.c, and for lock_page(), wait_on_page_bit() and page_endio() of
 * mm/filemap.c.
 *
 * Modelled: dirtying a page and cleaning it for writeback, which write-protects its mappings; waiting for a lock or for
 * writeback that an interrupt ends.
 * Left out: accounting, throttling, the radix tree tags; which pages are written is decided in fs/fs-writeback.ts.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import type { Page } from "../include/linux/mm_types.ts";
import {
  __ClearPageLocked,
  __SetPageLocked,
  ClearPageDirty,
  ClearPageWriteback,
  PageDirty,
  PageLocked,
  PageWriteback,
  SetPageDirty,
  SetPageError,
  SetPageUptodate,
  SetPageWriteback,
} from "../include/linux/page-flags.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { might_sleep } from "../kernel/softirq.ts";
import { page_mkclean } from "./rmap.ts";

// One queue for all pages, where C has a hash table of them: who is woken looks again.
const page_waiters: TaskStruct[] = [];

/** pagecache_init() - nobody waits for a page */
export function pagecache_init(): void {
  page_waiters.length = 0;
}

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

/** set_page_writeback() - the device is about to read the page for its file */
export function set_page_writeback(page: Page): void {
  BUG_ON(PageWriteback(page), `page ${page.pfn} is written back already`);
  SetPageWriteback(page);
}

/** end_page_writeback() - the device has read it */
export function end_page_writeback(page: Page): void {
  ClearPageWriteback(page);
  wake_up_pages();
}

/** page_endio() - what the end of a bio means for one of its pages, if it is a cached page */
export function page_endio(page: Page, is_write: boolean, err: number): void {
  if (err !== 0) SetPageError(page);
  if (is_write) {
    if (err !== 0 && page.mapping !== null) page.mapping.wb_err = err;
    end_page_writeback(page);
    return;
  }
  if (err === 0) SetPageUptodate(page);
  unlock_page(page);
}

/** lock_page() - sleeps while the page is being read */
export function lock_page(page: Page): void {
  wait_on_page_locked(page);
  __SetPageLocked(page);
}

/** lock_page_at_rest() - lock_page() once the device is not reading the page; nobody sleeps with the lock meanwhile */
export function lock_page_at_rest(page: Page): void {
  for (;;) {
    lock_page(page);
    if (!PageWriteback(page)) return;

    unlock_page(page);
    wait_on_page_writeback(page);
  }
}

/** unlock_page() - let others work on the page */
export function unlock_page(page: Page): void {
  BUG_ON(!PageLocked(page), `page ${page.pfn} is unlocked and was not locked`);
  __ClearPageLocked(page);
  wake_up_pages();
}

/** wait_on_page_locked() - sleep until nobody works on the page */
export function wait_on_page_locked(page: Page): void {
  might_sleep();
  while (PageLocked(page)) sleep_on_pages();
}

/** wait_on_page_writeback() - sleep until the device has read the page */
export function wait_on_page_writeback(page: Page): void {
  might_sleep();
  while (PageWriteback(page)) sleep_on_pages();
}

function sleep_on_pages(): void {
  page_waiters.push(current());
  set_current_state("TASK_UNINTERRUPTIBLE");
  io_schedule();
}

function wake_up_pages(): void {
  for (const waiter of page_waiters.splice(0)) wake_up_process(waiter);
}
