// `using` binds the pins to a block: whatever way it is left, they are put.
// What the compiler says is TypeScript 6.0.2's wording.
import {
  EFAULT,
  get_user_pages_fast,
  holdUserPages,
  type MmStruct,
  type Page,
  type PageView,
  type UserPage,
} from "../../src/user-page/index.ts";

/** Correct: the early return puts the pins, and so does the end of the block. */
export function checksum(mm: MmStruct, start: number, nr_pages: number, add: (page: PageView) => number): number {
  const pages = get_user_pages_fast(mm, start, nr_pages, 0);
  if (typeof pages === "number") return pages;
  using hold = holdUserPages(pages);
  if (pages.length < nr_pages) return -EFAULT;
  return hold.pages.reduce((sum, page) => sum + add(page), 0);
}

/** Correct: keep() hands the pins over, and the scope puts nothing. */
export function enqueue(queue: UserPage[], pages: readonly UserPage[], room: number): number {
  using hold = holdUserPages(pages);
  if (pages.length > room) return -EFAULT;
  return queue.push(...hold.keep());
}

/** INCORRECT, every statement; never called. */
export function wrongScope(pages: readonly UserPage[], plainPages: readonly Page[]): void {
  // @ts-expect-error TS2345
  // Argument of type 'readonly Page[]' is not assignable to parameter of type 'readonly UserPage[]'.
  //   Type 'Page' is not assignable to type 'UserPage'.
  //     Types have separate declarations of a private property 'releasedBy'.
  using plain = holdUserPages(plainPages);
  void plain;

  // @ts-expect-error TS2850
  // The initializer of a 'using' declaration must be either an object with a '[Symbol.dispose]()' method, or be 'null' or 'undefined'.
  //   Property '[Symbol.dispose]' is missing in type 'readonly UserPage[]' but required in type 'Disposable'.
  using bare = pages;
  void bare;
}
