export * from "./errno.ts";
export {
  type GupArray,
  type GupPages,
  get_user_pages,
  get_user_pages_fast,
  get_user_pages_locked,
  get_user_pages_longterm,
  get_user_pages_remote,
  get_user_pages_unlocked,
} from "./get-user-pages.ts";
export { holdUserPages, type UserPageHold } from "./hold-user-pages.ts";
export * from "./mm-struct.ts";
export type { AddressSpace, Page, PageView, UserPage } from "./page.ts";
export { PageError } from "./page-error.ts";
export {
  lock_page,
  PageDirty,
  PageLocked,
  PG_dirty,
  PG_locked,
  set_page_dirty,
  set_page_dirty_lock,
  unlock_page,
} from "./page-flags.ts";
export { createPage, get_page, put_page } from "./page-reference.ts";
export { GUP_PIN_COUNTING_BIAS, page_add_pin, page_maybe_dma_pinned } from "./pin.ts";
export { put_user_page, put_user_pages, put_user_pages_dirty, put_user_pages_dirty_lock } from "./put-user-page.ts";
export type { AlreadyPut, Put, Releasable, Released } from "./releasable.ts";
export { readVmstat, type Vmstat } from "./vmstat.ts";
