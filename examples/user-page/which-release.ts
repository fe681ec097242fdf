// A driver reads from a device into user memory: pin, transfer, mark dirty, put.
// Below each correct use stand the wrong ones, with what TypeScript 6.0.2 says. Remove a directive and see.
import {
  createPage,
  FOLL_WRITE,
  get_user_pages_fast,
  type MmStruct,
  type Page,
  type PageView,
  put_page,
  put_user_page,
  put_user_pages_dirty_lock,
  type UserPage,
} from "../../src/user-page/index.ts";

/** Correct: what was pinned is put by the put_user_page family, all that came and no more. */
export function readIntoUser(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  transfer: (page: PageView) => void,
): number {
  const pages = get_user_pages_fast(mm, start, nr_pages, FOLL_WRITE);
  if (typeof pages === "number") return pages;
  pages.forEach(transfer);
  put_user_pages_dirty_lock(pages);
  return pages.length;
}

/** Correct: a page of one's own is put by put_page(). */
export function bounce(pfn: number): Page {
  const page = createPage(pfn);
  put_page(page);
  return page;
}

/** INCORRECT, every statement; never called. */
export function wrongRelease(page: Page, userPage: UserPage, userPages: UserPage[], failed: boolean): void {
  // @ts-expect-error TS2345
  // Argument of type 'UserPage' is not assignable to parameter of type 'Page'.
  //   Types have separate declarations of a private property 'releasedBy'.
  put_page(userPage);

  // @ts-expect-error TS2345
  // Argument of type 'Page' is not assignable to parameter of type 'UserPage'.
  //   Types have separate declarations of a private property 'releasedBy'.
  put_user_page(page);

  // @ts-expect-error TS2345
  // Argument of type 'UserPage' is not assignable to parameter of type 'Page'.
  //   Types have separate declarations of a private property 'releasedBy'.
  put_page(failed ? page : userPage);

  // @ts-expect-error TS2322
  // Type 'UserPage[]' is not assignable to type 'Page[]'.
  //   Type 'UserPage' is not assignable to type 'Page'.
  //     Types have separate declarations of a private property 'releasedBy'.
  const pages: Page[] = userPages;
  pages.push(page);

  // @ts-expect-error TS2352
  // Conversion of type 'UserPage' to type 'Page' may be a mistake because neither type sufficiently overlaps with the other. If this was intentional, convert the expression to 'unknown' first.
  //   Types have separate declarations of a private property 'releasedBy'.
  put_page(userPage as Page);
}
