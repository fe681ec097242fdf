import type { AddressSpace, Page } from "./page.ts";
import { PageError } from "./page-error.ts";
import type { Releasable } from "./releasable.ts";
import { type StructPage, structOf } from "./struct-page.ts";

/** createPage() - a fresh page with one reference, which the caller owns */
export function createPage(pfn: number, mapping?: AddressSpace): Page {
  return mintPage({ pfn, flags: 0, _refcount: 1, mapping });
}

/** get_page() - take one more ordinary reference; a free page has none to share */
export function get_page(page: Page): void {
  if (page._refcount <= 0) throw new PageError("get_page", page, "is free");
  structOf(page)._refcount += 1;
}

/**
 * put_page() - release one ordinary reference
 *
 * Put on a pinned page (through a cast, say) it removes 1 of the pin's 1024: no error comes, and the pin is never
 * fully released. That silence is what the type is for.
 *
 * The parameter rejects `any`, the usual way for a user page to arrive here unseen. It is not an assertion signature:
 * one variable may hold several ordinary references, as after `get_page(page)`.
 */
export function put_page<P extends Page>(page: P & Releasable<P>): void {
  if (page._refcount <= 0) throw new PageError("put_page", page, "has no reference left to put");
  structOf(page)._refcount -= 1;
}

// The only place that mints a Page.
function mintPage(page: StructPage): Page {
  return page as StructPage & Page;
}
