import { expectError, expectType } from "tsd";
import {
  lock_page,
  type Page,
  PageDirty,
  PageLocked,
  type PageView,
  set_page_dirty,
  set_page_dirty_lock,
  type UserPage,
  unlock_page,
} from "userpage/user-page";

declare const page: Page;
declare const userPage: UserPage;
declare const view: PageView;
const erased = JSON.parse("{}");

// Both kinds, and whatever is only known as a view.
expectType<boolean>(PageDirty(page));
expectType<boolean>(PageLocked(userPage));
set_page_dirty(page);
set_page_dirty(userPage);
set_page_dirty_lock(view);
lock_page(userPage);
unlock_page(userPage);

expectError(set_page_dirty(erased)); // TS2345
expectError(set_page_dirty(1)); // TS2345
expectError(lock_page({ pfn: 1 })); // TS2345
