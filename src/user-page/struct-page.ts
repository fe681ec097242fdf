import type { PageView } from "./page.ts";

/** The page as the memory manager sees it: the same object as every `PageView` of it, writable. */
export interface StructPage extends PageView {
  flags: number;
  _refcount: number;
}

/** structOf() - the writable side of a page; needs no cast, since readonly is no part of assignability */
export function structOf(page: PageView): StructPage {
  return page;
}
