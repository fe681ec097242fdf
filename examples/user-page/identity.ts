// A pin belongs to one object: a copy of a page pins nothing, so the compiler refuses to put one.
// What it says is TypeScript 6.0.2's wording.
import { type PageView, page_add_pin, put_user_page, type UserPage } from "../../src/user-page/index.ts";

/** Correct: to look at a page, a copy of what it shows will do. */
export function snapshot(page: UserPage): PageView {
  return { ...page };
}

/** Correct: a second holder takes a second pin, of the same object. */
export function lend(page: UserPage, borrow: (page: UserPage) => void): void {
  borrow(page_add_pin(page));
}

/** INCORRECT, every statement; never called. */
export function wrongIdentity(page: UserPage, json: string): void {
  // @ts-expect-error TS2345
  // Argument of type '{ pfn: number; flags: number; _refcount: number; mapping: AddressSpace | undefined; }' is not assignable to parameter of type 'UserPage'.
  //   Property 'releasedBy' is missing in type '{ pfn: number; flags: number; _refcount: number; mapping: AddressSpace | undefined; }' but required in type 'UserPage'.
  put_user_page({ ...page });

  // @ts-expect-error TS2345
  // Argument of type '{ pfn: number; flags: number; _refcount: number; mapping: undefined; }' is not assignable to parameter of type 'UserPage'.
  //   Property 'releasedBy' is missing in type '{ pfn: number; flags: number; _refcount: number; mapping: undefined; }' but required in type 'UserPage'.
  put_user_page({ pfn: 1, flags: 0, _refcount: 1024, mapping: undefined });

  // @ts-expect-error TS2345
  // Argument of type 'any' is not assignable to parameter of type 'never'.
  put_user_page(JSON.parse(json));

  // @ts-expect-error TS2540
  // Cannot assign to '_refcount' because it is a read-only property.
  page._refcount = 1;
}
