import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import type { Page, PageView, UserPage } from "userpage/user-page";

declare const page: Page;
declare const userPage: UserPage;
declare const userPages: UserPage[];

// Distinct both ways.
expectAssignable<Page>(page);
expectAssignable<UserPage>(userPage);
expectNotAssignable<Page>(userPage);
expectNotAssignable<UserPage>(page);
expectNotAssignable<Page>(userPage as Page | UserPage);
expectType<never>({} as Page & UserPage);

// Spread-proof, both kinds; a literal cannot forge either.
expectNotAssignable<Page>({ ...page });
expectNotAssignable<UserPage>({ ...userPage });
expectNotAssignable<UserPage>({ ...page, ...userPage });
expectNotAssignable<UserPage>({ pfn: 1, flags: 0, _refcount: 1024, mapping: undefined });

// Both pass as the view, and the view as neither.
expectAssignable<PageView>(page);
expectAssignable<PageView>(userPage);
declare const view: PageView;
expectNotAssignable<Page>(view);
expectNotAssignable<UserPage>(view);

// What both show is read-only.
expectType<number>(userPage.pfn);
expectType<number>(page._refcount);
expectError(() => {
  page._refcount = 1; // TS2540
});
expectError(() => {
  userPage.flags = 1; // TS2540
});

// Containers keep the kinds apart.
expectAssignable<readonly UserPage[]>(userPages);
expectNotAssignable<readonly Page[]>(userPages);
expectNotAssignable<Promise<Page>>(Promise.resolve(userPage));
expectNotAssignable<Map<number, Page>>(new Map([[1, userPage]]));

// Gaps: a copy that keeps the type, and the writable array of views.
expectAssignable<UserPage>(Object.assign({}, userPage));
expectAssignable<PageView[]>(userPages);
