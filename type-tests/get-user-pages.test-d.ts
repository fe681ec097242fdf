import { expectError, expectType } from "tsd";
import {
  FOLL_WRITE,
  type GupPages,
  get_user_pages,
  get_user_pages_fast,
  get_user_pages_locked,
  get_user_pages_longterm,
  get_user_pages_remote,
  get_user_pages_unlocked,
  type MmStruct,
  type Page,
  put_page,
  put_user_pages,
  type UserPage,
} from "userpage/user-page";

declare const mm: MmStruct;
declare const pages: UserPage[];
declare const plainPages: Page[];
declare const readonlyPages: readonly UserPage[];
const locked = { locked: true };

// The returning form of each.
expectType<GupPages>(get_user_pages(mm, 0, 1, 0));
expectType<GupPages>(get_user_pages_fast(mm, 0, 1, FOLL_WRITE));
expectType<GupPages>(get_user_pages_unlocked(mm, 0, 1, 0));
expectType<GupPages>(get_user_pages_longterm(mm, 0, 1, 0));
expectType<GupPages>(get_user_pages_remote(mm, 0, 1, 0));
expectType<GupPages>(get_user_pages_locked(mm, 0, 1, 0, undefined, locked));

// The out-array form of each.
expectType<number>(get_user_pages(mm, 0, 1, 0, pages));
expectType<number>(get_user_pages_fast(mm, 0, 1, 0, pages));
expectType<number>(get_user_pages_unlocked(mm, 0, 1, 0, pages));
expectType<number>(get_user_pages_longterm(mm, 0, 1, 0, pages));
expectType<number>(get_user_pages_remote(mm, 0, 1, 0, pages, locked));
expectType<number>(get_user_pages_locked(mm, 0, 1, 0, pages, locked));

// Faulting in only; fast has no such form.
expectType<number>(get_user_pages(mm, 0, 1, 0, null));
expectError(get_user_pages_fast(mm, 0, 1, 0, null)); // TS2345

// An array of plain pages cannot receive them, nor one that must not change.
expectError(get_user_pages(mm, 0, 1, 0, plainPages)); // TS2345
expectError(get_user_pages_fast(mm, 0, 1, 0, plainPages)); // TS2345
expectError(get_user_pages(mm, 0, 1, 0, readonlyPages)); // TS2345

// `locked` is no option of the locked form.
expectError(get_user_pages_locked(mm, 0, 1, 0, pages)); // TS2554

// The errno has to be looked at before the pages can be used.
const result = get_user_pages(mm, 0, 1, 0);
expectError(put_user_pages(result)); // TS2345
if (typeof result !== "number") {
  for (const page of result) expectError(put_page(page)); // TS2345
  put_user_pages(result);
}
