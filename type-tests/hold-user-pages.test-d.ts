import { expectAssignable, expectError, expectType } from "tsd";
import {
  holdUserPages,
  type Page,
  put_user_pages_dirty_lock,
  type UserPage,
  type UserPageHold,
} from "userpage/user-page";

declare const pages: readonly UserPage[];
declare const plainPages: readonly Page[];
declare function returnPlain(pages: readonly Page[]): void;

expectType<UserPageHold>(holdUserPages(pages));
expectAssignable<Disposable>(holdUserPages(pages, (held) => put_user_pages_dirty_lock(held)));
expectError(holdUserPages(plainPages)); // TS2345
expectError(holdUserPages(pages, returnPlain)); // TS2345

const hold = holdUserPages(pages);
expectType<readonly UserPage[]>(hold.pages);
expectType<readonly UserPage[]>(hold.keep());
expectError(() => {
  hold.pages = []; // TS2540
});
