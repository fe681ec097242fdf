import { expectError, expectType } from "tsd";
import {
  GUP_PIN_COUNTING_BIAS,
  type Page,
  page_add_pin,
  page_maybe_dma_pinned,
  put_user_page,
  type UserPage,
} from "userpage/user-page";

declare const page: Page;
declare const userPage: UserPage;

expectType<1024>(GUP_PIN_COUNTING_BIAS);
expectType<boolean>(page_maybe_dma_pinned(page));
expectType<boolean>(page_maybe_dma_pinned(userPage));

// A dup is of a pin, and owes a put of its own.
const second = page_add_pin(userPage);
expectType<UserPage>(second);
expectError(page_add_pin(page)); // TS2345

put_user_page(userPage);
expectError(page_add_pin(userPage)); // TS2345
put_user_page(second);
