import { expectError, expectType } from "tsd";
import { createPage, get_page, type Page, type PageView, put_page, type UserPage } from "userpage/user-page";

declare const userPage: UserPage;
declare const view: PageView;
const erased = JSON.parse("{}");

expectType<Page>(createPage(1));
const page = createPage(1);

// One variable may hold several ordinary references.
get_page(page);
expectType<void>(put_page(page));
put_page(page);
expectType<Page>(page);

expectError(get_page(userPage)); // TS2345
expectError(put_page(userPage)); // TS2345
expectError(put_page(view)); // TS2345
expectError(put_page({ ...page })); // TS2345
expectError(put_page(erased)); // TS2345

// It passes as a callback of its own kind.
const end: (page: Page) => void = put_page;
end(page);
expectError([userPage].forEach(end)); // TS2345
