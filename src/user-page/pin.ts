import type { Page, PageView, UserPage } from "./page.ts";
import { PageError } from "./page-error.ts";
import type { Releasable } from "./releasable.ts";
import { structOf } from "./struct-page.ts";
import { countVmstat } from "./vmstat.ts";

/** What one pin adds to `_refcount`. Source: Linux commit 3faa52c03f44 (v5.7). */
export const GUP_PIN_COUNTING_BIAS = 1024;

// _refcount is a C int: pins that would overflow it are refused.
const REFCOUNT_MAX = 2 ** 31 - 1;

/** canPin() - is the page in use, and has its count room for one more pin */
export function canPin(page: Page): boolean {
  return page._refcount > 0 && page._refcount + GUP_PIN_COUNTING_BIAS <= REFCOUNT_MAX;
}

/** pin() - turn a page into a user page that owes one put_user_page(); the same object under its other type */
export function pin(page: Page): UserPage {
  if (!canPin(page)) throw new PageError("pin", page, "cannot be pinned");
  acquire(page);
  return mintUserPage(page);
}

/**
 * page_add_pin() - pin a user page once more, for a second holder such as an IO in flight
 *
 * Returns the same object, to be kept in the second holder's own variable; each of the two owes one put_user_page().
 * Linux calls it folio_add_pin() since v6.5; before, direct IO took an ordinary reference here.
 */
export function page_add_pin<P extends UserPage>(page: P & Releasable<P>): UserPage {
  if (!page_maybe_dma_pinned(page)) throw new PageError("page_add_pin", page, "is not pinned");
  acquire(page);
  return page;
}

/**
 * page_maybe_dma_pinned() - does the count look like a pin
 *
 * Shortcomings: "maybe" as in Linux. 1024 ordinary references look like a pin, so the answer can be a false yes;
 * never a false no, as long as every pin is put by put_user_page().
 */
export function page_maybe_dma_pinned(page: PageView): boolean {
  return page._refcount >= GUP_PIN_COUNTING_BIAS;
}

/** unpin() - the accounting half of put_user_page() */
export function unpin(operation: string, page: UserPage): void {
  if (!page_maybe_dma_pinned(page)) throw new PageError(operation, page, "is not pinned");
  structOf(page)._refcount -= GUP_PIN_COUNTING_BIAS;
  countVmstat("nr_foll_pin_released");
}

function acquire(page: PageView): void {
  structOf(page)._refcount += GUP_PIN_COUNTING_BIAS;
  countVmstat("nr_foll_pin_acquired");
}

// The only place that mints a UserPage.
function mintUserPage(page: Page): UserPage {
  return page as unknown as UserPage;
}
