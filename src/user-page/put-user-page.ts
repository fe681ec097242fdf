import type { UserPage } from "./page.ts";
import { PageDirty, set_page_dirty, set_page_dirty_lock } from "./page-flags.ts";
import { unpin } from "./pin.ts";
import type { Put, Releasable } from "./releasable.ts";

/**
 * put_user_page() - release one pin taken by get_user_pages()
 *
 * The assertion marks the variable, so that putting the same variable again does not compile; `Put` states the limits.
 * @throws PageError when the page's count holds no pin
 */
export function put_user_page<P extends UserPage>(page: P & Releasable<P>): asserts page is Put<P> {
  unpin("put_user_page", page);
}

/**
 * put_user_pages() - release one pin of each page
 *
 * Without `npages` the whole array is released and its variable marked. With it, the kernel's form: the first `npages`
 * of a buffer that may hold more slots than pages, and that may be filled again, so nothing is marked.
 * @throws PageError when a page's count holds no pin
 * @throws RangeError when `npages` exceeds the array, which in C reads beyond it
 */
export function put_user_pages<A extends readonly UserPage[]>(pages: A & Releasable<A>): asserts pages is Put<A>;
export function put_user_pages(pages: readonly UserPage[], npages: number): void;
export function put_user_pages(pages: readonly UserPage[], npages = pages.length): void {
  putEach("put_user_pages", pages, npages, () => {});
}

/**
 * put_user_pages_dirty() - mark each page dirty without the page lock, then release one pin of each
 *
 * For callers that know the mapping cannot go away; all others use put_user_pages_dirty_lock(). A page that is dirty
 * already is not marked again. `npages` as in put_user_pages().
 */
export function put_user_pages_dirty<A extends readonly UserPage[]>(pages: A & Releasable<A>): asserts pages is Put<A>;
export function put_user_pages_dirty(pages: readonly UserPage[], npages: number): void;
export function put_user_pages_dirty(pages: readonly UserPage[], npages = pages.length): void {
  putEach("put_user_pages_dirty", pages, npages, set_page_dirty);
}

/** put_user_pages_dirty_lock() - as put_user_pages_dirty(), each page marked under its lock */
export function put_user_pages_dirty_lock<A extends readonly UserPage[]>(
  pages: A & Releasable<A>,
): asserts pages is Put<A>;
export function put_user_pages_dirty_lock(pages: readonly UserPage[], npages: number): void;
export function put_user_pages_dirty_lock(pages: readonly UserPage[], npages = pages.length): void {
  putEach("put_user_pages_dirty_lock", pages, npages, set_page_dirty_lock);
}

function putEach(
  operation: string,
  pages: readonly UserPage[],
  npages: number,
  markDirty: (page: UserPage) => void,
): void {
  if (npages > pages.length) {
    throw new RangeError(`${operation}(): asked to put ${npages} pages of an array of ${pages.length}`);
  }
  for (const page of pages.slice(0, npages)) {
    if (!PageDirty(page)) markDirty(page);
    unpin(operation, page);
  }
}
