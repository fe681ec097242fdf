import { expectAssignable, expectError, expectType } from "tsd";
import {
  type Page,
  type Put,
  put_user_page,
  put_user_pages,
  put_user_pages_dirty,
  put_user_pages_dirty_lock,
  set_page_dirty,
  type UserPage,
} from "userpage/user-page";

declare const coin: boolean;
declare const page: Page;
declare const pages: readonly Page[];
const erased = JSON.parse("{}");
declare function pinOne(): UserPage;
declare function pinSome(): readonly UserPage[];

// Only a user page.
put_user_page(pinOne());
expectError(put_user_page(page)); // TS2345
expectError(put_user_page(coin ? page : pinOne())); // TS2345
expectError(put_user_page({ ...pinOne() })); // TS2345
expectError(put_user_page(erased)); // TS2345
expectError(put_user_pages(pages)); // TS2345
expectError(put_user_pages(pages, 1)); // TS2345
expectError(put_user_pages_dirty(pages)); // TS2345
expectError(put_user_pages_dirty_lock(pages)); // TS2345

// The same variable, once.
const once = pinOne();
put_user_page(once);
expectType<Put<UserPage>>(once);
expectError(put_user_page(once)); // TS2345
expectError(set_page_dirty(once)); // TS2345

// A variable that gets a new pin may be put again.
let again = pinOne();
put_user_page(again);
again = pinOne();
put_user_page(again);

// The whole array, once; each form marks it.
const plain = pinSome();
put_user_pages(plain);
expectError(put_user_pages(plain)); // TS2345
const dirty = pinSome();
put_user_pages_dirty(dirty);
expectError(put_user_pages_dirty_lock(dirty)); // TS2345
const locked = pinSome();
put_user_pages_dirty_lock(locked);
expectError(put_user_pages_dirty(locked)); // TS2345

// With a count the array is a buffer that may be filled again.
const buffer = [...pinSome()];
put_user_pages(buffer, 1);
put_user_pages(buffer, 1);
expectError(put_user_pages(buffer, "1")); // TS2345

// Both branches are seen.
const both = pinOne();
if (coin) put_user_page(both);
else put_user_page(both);
expectError(put_user_page(both)); // TS2345

// Limits: one branch, an alias, a loop, an element.
const maybe = pinOne();
if (coin) put_user_page(maybe);
put_user_page(maybe);
const original = pinOne();
const alias = original;
put_user_page(original);
put_user_page(alias);
const looped = pinOne();
while (coin) put_user_page(looped);
const elements = pinSome();
for (const element of elements) put_user_page(element);
put_user_pages(elements);
expectAssignable<UserPage>(once);
