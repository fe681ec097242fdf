import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import {
  type Page,
  PageDirty,
  type PageView,
  put_page,
  put_user_page,
  put_user_pages,
  type UserPage,
} from "userpage/user-page";

declare const page: Page;
declare function pinOne(): UserPage;
declare function pinSome(): UserPage[];
type AnyPage = Page | UserPage;

// An array: what goes in, what comes out, and the whole of it.
const array: UserPage[] = [pinOne()];
array.push(pinOne());
for (const held of array) put_user_page(held);
put_user_pages(array);
expectError(array.push(page)); // TS2345
expectError(pinSome().fill(page)); // TS2345
expectError(pinSome().map((held) => put_page(held))); // TS2345
expectError(pinSome().map(put_page)); // TS2345
expectError(() => {
  array[0] = page; // TS2322
});
expectType<UserPage | undefined>(pinSome().pop());

// A read-only array: nothing goes in, and the kind that comes out stays.
declare const readonlyArray: readonly UserPage[];
expectAssignable<readonly UserPage[]>(pinSome());
expectNotAssignable<UserPage[]>(readonlyArray);
expectNotAssignable<readonly Page[]>(readonlyArray);
expectAssignable<readonly PageView[]>(readonlyArray);
expectError(readonlyArray.push(pinOne())); // TS2339
expectError(readonlyArray.map((held) => put_page(held))); // TS2345
for (const held of readonlyArray) put_user_page(held);

// A map, as a value and as a key.
const byPfn = new Map<number, UserPage>([[1, pinOne()]]);
byPfn.set(2, pinOne());
for (const held of byPfn.values()) put_user_page(held);
expectError(byPfn.set(3, page)); // TS2345
expectError(new Map<number, UserPage>([[1, page]])); // TS2769
expectError([...byPfn.values()].map((held) => put_page(held))); // TS2345
expectNotAssignable<ReadonlyMap<number, Page>>(byPfn);
expectAssignable<ReadonlyMap<number, PageView>>(byPfn);
const owners = new Map<UserPage, string>();
expectError(owners.set(page, "dio")); // TS2345
expectError(owners.get(page)); // TS2345

// A field of a class, with the function that releases it later.
class Umem {
  private readonly pgs: UserPage[];
  npgs = 0;
  constructor(pgs: UserPage[]) {
    this.pgs = pgs;
  }
  add(held: UserPage): void {
    this.pgs.push(held);
  }
  unpin(): void {
    put_user_pages(this.pgs, this.npgs);
  }
}
const umem = new Umem(pinSome());
umem.add(pinOne());
expectError(umem.add(page)); // TS2345
expectError(new Umem([page])); // TS2322
expectError(new Umem([pinOne(), page])); // TS2322

// A holder that says which kind it holds: the functions that fill and end it are told apart, those between are not.
interface Bio<P extends AnyPage> {
  readonly bi_io_vec: { bv_page: P }[];
  readonly bi_end_io: (bio: Bio<P>) => void;
}
declare const bioOfUserPages: Bio<UserPage>;
declare const bioOfPages: Bio<Page>;
declare function bio_add_page<P extends AnyPage>(bio: Bio<P>, page: P): number;
declare function submit_bio<P extends AnyPage>(bio: Bio<P>): void;
function bio_release_user_pages(bio: Bio<UserPage>): void {
  for (const { bv_page } of bio.bi_io_vec) put_user_page(bv_page);
}
function bio_release_pages(bio: Bio<Page>): void {
  for (const { bv_page } of bio.bi_io_vec) put_page(bv_page);
}
bio_add_page(bioOfUserPages, pinOne());
bio_add_page(bioOfPages, page);
submit_bio(bioOfUserPages);
submit_bio(bioOfPages);
bio_release_user_pages(bioOfUserPages);
bio_release_pages(bioOfPages);
expectAssignable<Bio<UserPage>>({ bi_io_vec: [], bi_end_io: bio_release_user_pages });
expectError(bio_add_page(bioOfUserPages, page)); // TS2345
expectError(bio_add_page(bioOfPages, pinOne())); // TS2345
expectError(bio_release_pages(bioOfUserPages)); // TS2345
expectError(bio_release_user_pages(bioOfPages)); // TS2345
expectNotAssignable<Bio<UserPage>>({ bi_io_vec: [], bi_end_io: bio_release_pages });
expectNotAssignable<Bio<AnyPage>>(bioOfUserPages);
expectError<Bio<PageView>>({} as never); // TS2344

// Without the kind's parameter the compiler does not know what a generic function may release.
function releaseAny<P extends AnyPage>(held: P): void {
  expectError(put_page(held)); // TS2345
  expectError(put_user_page(held)); // TS2345
  expectType<boolean>(PageDirty(held));
}
releaseAny(pinOne());

// A callback: it has to take what it is given, and only what it is given.
declare function each(held: readonly UserPage[], visit: (held: UserPage) => void): void;
each(pinSome(), (held) => put_user_page(held));
each(pinSome(), (held: PageView) => PageDirty(held));
expectError(each(pinSome(), put_page)); // TS2345
expectError(each(pinSome(), (held: Page) => put_page(held))); // TS2345
expectError(each(pinSome(), (held) => put_page(held))); // TS2345
declare function submit(page: Page, bi_end_io: (page: Page) => void): void;
submit(page, put_page);
expectError(submit(page, (held: UserPage) => put_user_page(held))); // TS2345
expectError(submit(pinOne(), put_page)); // TS2345

// A method is compared in both directions, so a holder that is written as one takes the wrong callback.
interface Visitor {
  visit(held: AnyPage): void;
}
interface StrictVisitor {
  readonly visit: (held: AnyPage) => void;
}
declare const onlyUserPages: { visit: (held: UserPage) => void };
expectAssignable<Visitor>(onlyUserPages);
expectNotAssignable<StrictVisitor>(onlyUserPages);

// A union by itself tells nobody what to do.
declare const either: AnyPage;
declare const mixed: AnyPage[];
expectError(put_page(either)); // TS2345
expectError(put_user_page(either)); // TS2345
expectError(mixed.map((held) => put_user_page(held))); // TS2345
expectNotAssignable<UserPage[]>(mixed);
expectAssignable<AnyPage[]>(pinSome());

// With the kind written beside, per element or per container, it does.
type BioVec =
  | { readonly pinned: true; readonly bv_page: UserPage }
  | { readonly pinned: false; readonly bv_page: Page };
function release(bvec: BioVec): void {
  if (bvec.pinned) put_user_page(bvec.bv_page);
  else put_page(bvec.bv_page);
}
release({ pinned: true, bv_page: pinOne() });
expectError(release({ pinned: false, bv_page: pinOne() })); // TS2345
expectError(release({ pinned: true, bv_page: page })); // TS2345
expectError(release({ pinned: true as boolean, bv_page: pinOne() })); // TS2345
function releaseWrongly(bvec: BioVec): void {
  expectError(put_user_page(bvec.bv_page)); // TS2345
  if (bvec.pinned)
    expectError(put_page(bvec.bv_page)); // TS2345
  else expectError(put_user_page(bvec.bv_page)); // TS2345
}
releaseWrongly({ pinned: false, bv_page: page });
