import type { PageView } from "./page.ts";

/** A release, a reference or a lock that the page's state does not allow: a bug in the caller, named with its page. */
export class PageError extends Error {
  override readonly name = "PageError";
  readonly page: PageView;

  constructor(operation: string, page: PageView, complaint: string) {
    super(`${operation}(): page ${page.pfn} ${complaint} (_refcount ${page._refcount})`);
    this.page = page;
  }
}
