import { expect, test } from "vitest";
import { addressSpaceOf } from "../../src/user-page/fixtures/address-space.ts";
import { EFAULT, get_user_pages_fast, PageDirty, PageError, type UserPage } from "../../src/user-page/index.ts";
import { lend, snapshot } from "./identity.ts";
import { checksum, enqueue } from "./scope.ts";
import { complete, unseenSecondPut } from "./second-put.ts";
import { bounce, readIntoUser } from "./which-release.ts";

function counts({ pages }: ReturnType<typeof addressSpaceOf>): readonly number[] {
  return pages.map(({ _refcount }) => _refcount);
}

function pinned(mm: ReturnType<typeof addressSpaceOf>): UserPage {
  const pages: UserPage[] = [];
  get_user_pages_fast(mm, 0, 1, 0, pages);
  const [page] = pages;
  if (page === undefined) throw new Error("expected a page");
  return page;
}

test("readIntoUser() dirties what it pinned and puts it, also when the pin was partial", () => {
  const mm = addressSpaceOf([{ present: true }, {}, { fault: -EFAULT }]);
  const seen: number[] = [];
  expect(readIntoUser(mm, 0, 3, ({ pfn }) => seen.push(pfn))).toBe(2);
  expect(seen).toEqual([100, 101]);
  expect(mm.pages.map(PageDirty)).toEqual([true, true, false]);
  expect(counts(mm)).toEqual([1, 1, 1]);
});

test("bounce() leaves no reference", () => {
  expect(bounce(5)._refcount).toBe(0);
});

test("a snapshot is no page, and a lent page is pinned twice", () => {
  const mm = addressSpaceOf([{ present: true }]);
  const page = pinned(mm);
  expect(snapshot(page)).not.toBe(page);
  const lent: UserPage[] = [];
  lend(page, (borrowed) => lent.push(borrowed));
  expect(lent).toEqual([page]);
  expect(counts(mm)).toEqual([2049]);
});

test("complete() puts once, and dirties only what was transferred", () => {
  const mm = addressSpaceOf([{ present: true }]);
  complete(pinned(mm), true);
  expect(mm.pages.map(PageDirty)).toEqual([false]);
  complete(pinned(mm), false);
  expect(mm.pages.map(PageDirty)).toEqual([true]);
  expect(counts(mm)).toEqual([1]);
});

test.each(["alias", "branch", "loop"] as const)("a second put by %s is caught at run time", (how) => {
  expect(() => unseenSecondPut(pinned(addressSpaceOf([{ present: true }])), how)).toThrow(PageError);
});

test("a scope puts the pins on the early return and at its end", () => {
  const whole = addressSpaceOf([{ present: true }, {}]);
  expect(checksum(whole, 0, 2, ({ pfn }) => pfn)).toBe(201);
  const partial = addressSpaceOf([{ present: true }, { fault: -EFAULT }]);
  expect(checksum(partial, 0, 2, ({ pfn }) => pfn)).toBe(-EFAULT);
  expect([counts(whole), counts(partial)]).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test("a scope that handed its pins over puts nothing", () => {
  const mm = addressSpaceOf([{ present: true }]);
  const queue: UserPage[] = [];
  expect(enqueue(queue, [pinned(mm)], 1)).toBe(1);
  expect(counts(mm)).toEqual([1025]);
  expect(enqueue(queue, queue, 0)).toBe(-EFAULT);
  expect(counts(mm)).toEqual([1]);
});
