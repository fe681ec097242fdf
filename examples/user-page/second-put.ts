// How far the compiler follows a put: one variable, through straight code and whole branches.
// What it says is TypeScript 6.0.2's wording.
import { put_user_page, put_user_pages, set_page_dirty, type UserPage } from "../../src/user-page/index.ts";

/** Correct: whichever way the transfer ended, one put. */
export function complete(page: UserPage, failed: boolean): void {
  if (!failed) set_page_dirty(page);
  put_user_page(page);
}

/** INCORRECT, every second statement; never called. */
export function wrongSecondPut(
  page: UserPage,
  used: UserPage,
  other: UserPage,
  pages: readonly UserPage[],
  failed: boolean,
): void {
  put_user_page(page);
  // @ts-expect-error TS2345
  // Argument of type 'Put<UserPage>' is not assignable to parameter of type 'UserPage & Released & AlreadyPut'.
  //   Type 'Put<UserPage>' is not assignable to type 'AlreadyPut'.
  //     Types of property '[putBefore]' are incompatible.
  //       Type 'true' is not assignable to type 'never'.
  put_user_page(page);

  put_user_page(used);
  // @ts-expect-error TS2345
  // Argument of type 'Put<UserPage>' is not assignable to parameter of type 'UserPage & Released & AlreadyPut'.
  //   Type 'Put<UserPage>' is not assignable to type 'AlreadyPut'.
  //     Types of property '[putBefore]' are incompatible.
  //       Type 'true' is not assignable to type 'never'.
  set_page_dirty(used);

  if (failed) put_user_page(other);
  else put_user_page(other);
  // @ts-expect-error TS2345
  // Argument of type 'Put<UserPage>' is not assignable to parameter of type 'UserPage & Released & AlreadyPut'.
  //   Type 'Put<UserPage>' is not assignable to type 'AlreadyPut'.
  //     Types of property '[putBefore]' are incompatible.
  //       Type 'true' is not assignable to type 'never'.
  put_user_page(other);

  put_user_pages(pages);
  // @ts-expect-error TS2345
  // Argument of type 'Put<readonly UserPage[]>' is not assignable to parameter of type 'readonly UserPage[] & Released & AlreadyPut'.
  //   Type 'Put<readonly UserPage[]>' is not assignable to type 'AlreadyPut'.
  //     Types of property '[putBefore]' are incompatible.
  //       Type 'true' is not assignable to type 'never'.
  put_user_pages(pages);
}

/** INCORRECT too, and the compiler is silent: an alias, one branch, a loop; the run time throws a PageError. */
export function unseenSecondPut(page: UserPage, how: "alias" | "branch" | "loop"): void {
  const alias = page;
  if (how === "alias") put_user_page(alias);
  if (how === "branch") put_user_page(page);
  for (let i = 0; how === "loop" && i < 2; i += 1) put_user_page(page);
  put_user_page(page);
}
