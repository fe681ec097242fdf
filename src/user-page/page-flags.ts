import type { PageView } from "./page.ts";
import { PageError } from "./page-error.ts";
import type { Releasable } from "./releasable.ts";
import { type StructPage, structOf } from "./struct-page.ts";

/** The bit of `flags` that is set while somebody holds the page lock. */
export const PG_locked = 1 << 0;
/** The bit of `flags` that is set when the page has to be written back. */
export const PG_dirty = 1 << 4;

/** PageLocked() - does somebody hold the page lock */
export function PageLocked(page: PageView): boolean {
  return (page.flags & PG_locked) !== 0;
}

/** PageDirty() - has the page to be written back */
export function PageDirty(page: PageView): boolean {
  return (page.flags & PG_dirty) !== 0;
}

/** lock_page() - take the page lock; the kernel would sleep on a locked page, this model has nobody to wake it */
export function lock_page<P extends PageView>(page: P & Releasable<P>): void {
  lock(structOf(page));
}

/** unlock_page() - release the page lock */
export function unlock_page<P extends PageView>(page: P & Releasable<P>): void {
  unlock(structOf(page));
}

/** set_page_dirty() - mark the page for writeback; without the page lock the file may be truncated meanwhile */
export function set_page_dirty<P extends PageView>(page: P & Releasable<P>): void {
  dirty(structOf(page));
}

/** set_page_dirty_lock() - mark the page for writeback under the page lock, so that its mapping stays */
export function set_page_dirty_lock<P extends PageView>(page: P & Releasable<P>): void {
  const struct = structOf(page);
  lock(struct);
  try {
    dirty(struct);
  } finally {
    unlock(struct);
  }
}

function lock(page: StructPage): void {
  if (PageLocked(page)) throw new PageError("lock_page", page, "is locked already and nobody would unlock it");
  page.flags |= PG_locked;
}

function unlock(page: StructPage): void {
  if (!PageLocked(page)) throw new PageError("unlock_page", page, "is not locked");
  page.flags &= ~PG_locked;
}

function dirty(page: StructPage): void {
  if (PageDirty(page)) return;
  page.flags |= PG_dirty;
  page.mapping?.set_page_dirty(page);
}
