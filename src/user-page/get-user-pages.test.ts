import { beforeEach, expect, test } from "vitest";
import { addressSpaceOf } from "./fixtures/address-space.ts";
import {
  createPage,
  EFAULT,
  EINVAL,
  ENOMEM,
  EOPNOTSUPP,
  FOLL_FORCE,
  FOLL_WRITE,
  type GupPages,
  get_user_pages,
  get_user_pages_fast,
  get_user_pages_locked,
  get_user_pages_longterm,
  get_user_pages_remote,
  get_user_pages_unlocked,
  PAGE_SIZE,
  put_user_page,
  put_user_pages,
  readVmstat,
  type UserPage,
  VM_IO,
  VM_MAYWRITE,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from "./index.ts";

const present = { present: true };
const absent = {};
const broken = { fault: -ENOMEM };

let before = readVmstat();
beforeEach(() => {
  before = readVmstat();
});

function pinned(): number {
  const { nr_foll_pin_acquired, nr_foll_pin_released } = readVmstat();
  const acquired = nr_foll_pin_acquired - before.nr_foll_pin_acquired;
  return acquired - (nr_foll_pin_released - before.nr_foll_pin_released);
}

function pfns(pages: GupPages): readonly number[] | number {
  return typeof pages === "number" ? pages : pages.map(({ pfn }) => pfn);
}

test("the returning form yields the pages themselves, pinned", () => {
  const mm = addressSpaceOf([present, present]);
  const pages = get_user_pages(mm, 0, 2, 0);
  expect(pages).toEqual([mm.pages[0], mm.pages[1]]);
  expect(mm.pages.map(({ _refcount }) => _refcount)).toEqual([1025, 1025]);
  if (typeof pages !== "number") expect(pages[0]).toBe(mm.pages[0]);
});

test("the out-array form stores from index 0, keeps the slots beyond, and returns the number", () => {
  const mm = addressSpaceOf([present, present, present]);
  const pages: UserPage[] = [];
  expect(get_user_pages(mm, 0, 3, 0, pages)).toBe(3);
  put_user_pages(pages, 3);
  expect(get_user_pages(mm, PAGE_SIZE, 1, 0, pages)).toBe(1);
  expect(pfns(pages)).toEqual([101, 101, 102]);
});

test("an address inside a page means that page", () => {
  expect(pfns(get_user_pages(addressSpaceOf([present, present]), PAGE_SIZE + 17, 1, 0))).toEqual([101]);
});

test("a partial pin is a success that pins what it returns and nothing more", () => {
  const mm = addressSpaceOf([present, present, broken, present]);
  mm.mmap_sem.down_read();
  expect(pfns(get_user_pages(mm, 0, 4, 0))).toEqual([100, 101]);
  expect(pinned()).toBe(2);
});

test("a negative errno comes when no page could be pinned", () => {
  const mm = addressSpaceOf([broken, present]);
  mm.mmap_sem.down_read();
  expect(get_user_pages(mm, 0, 2, 0)).toBe(-ENOMEM);
  expect(get_user_pages(mm, 0, 2, 0, [])).toBe(-ENOMEM);
  expect(get_user_pages(mm, 9 * PAGE_SIZE, 1, 0)).toBe(-EFAULT);
  expect(pinned()).toBe(0);
});

test("no page asked for is no error", () => {
  expect(get_user_pages(addressSpaceOf([]), 0, 0, 0)).toEqual([]);
  expect(get_user_pages(addressSpaceOf([]), 0, 0, 0, [])).toBe(0);
});

test("without an array the pages are faulted in and not pinned", () => {
  const mm = addressSpaceOf([absent, present]);
  mm.mmap_sem.down_read();
  expect(get_user_pages(mm, 0, 2, 0, null)).toBe(2);
  expect(mm.log).toEqual(["down_read 1", "fault 0 read"]);
  expect(pinned()).toBe(0);
});

test("FOLL_WRITE reaches the fault", () => {
  const mm = addressSpaceOf([absent]);
  mm.mmap_sem.down_read();
  get_user_pages(mm, 0, 1, FOLL_WRITE);
  expect(mm.log).toEqual(["down_read 1", "fault 0 write"]);
});

test.each([
  ["reading what may be read", VM_READ, 0, [100]],
  ["writing what may only be read", VM_READ, FOLL_WRITE, -EFAULT],
  ["writing it by force, private", VM_READ | VM_MAYWRITE, FOLL_WRITE | FOLL_FORCE, [100]],
  ["writing it by force, shared", VM_READ | VM_MAYWRITE | VM_SHARED, FOLL_WRITE | FOLL_FORCE, -EFAULT],
  ["writing by force what can never be written", VM_READ, FOLL_WRITE | FOLL_FORCE, -EFAULT],
  ["reading what may only be written", VM_WRITE, 0, -EFAULT],
  ["device memory", VM_READ | VM_WRITE | VM_IO, 0, -EFAULT],
])("permissions: %s", (_, vm_flags, gup_flags, expected) => {
  expect(pfns(get_user_pages(addressSpaceOf([present], { vm_flags }), 0, 1, gup_flags))).toEqual(expected);
});

test("a count without room for a pin, or a free page, stops the walk", () => {
  const page = createPage(7);
  const full = Object.assign(createPage(8), { _refcount: 2 ** 31 - 1024 });
  const free = Object.assign(createPage(9), { _refcount: 0 });
  const mm = addressSpaceOf([
    { ...present, page },
    { ...present, page: full },
  ]);
  expect(pfns(get_user_pages(mm, 0, 2, 0))).toEqual([7]);
  expect(get_user_pages(addressSpaceOf([{ ...present, page: free }]), 0, 1, 0)).toBe(-ENOMEM);
});

test("get_user_pages_unlocked() takes mmap_sem, releases it, and survives a fault that drops it", () => {
  const mm = addressSpaceOf([present, { dropsLock: true }, present]);
  expect(pfns(get_user_pages_unlocked(mm, 0, 3, 0))).toEqual([100, 101, 102]);
  expect(mm.log).toEqual(["down_read 1", "fault 1 read", "up_read 0", "down_read 1", "fault 1 read", "up_read 0"]);
});

test("get_user_pages_locked() tells whether mmap_sem is still held", () => {
  const locked = { locked: true };
  const calm = addressSpaceOf([absent]);
  calm.mmap_sem.down_read();
  expect(get_user_pages_locked(calm, 0, 1, 0, [], locked)).toBe(1);
  expect([locked.locked, calm.readers()]).toEqual([true, 1]);

  const busy = addressSpaceOf([{ dropsLock: true }]);
  busy.mmap_sem.down_read();
  expect(pfns(get_user_pages_locked(busy, 0, 1, 0, undefined, locked))).toEqual([100]);
  expect([locked.locked, busy.readers()]).toEqual([false, 0]);
});

test("get_user_pages_remote() keeps mmap_sem when it got no leave to drop it", () => {
  const mm = addressSpaceOf([{ dropsLock: true }]);
  mm.mmap_sem.down_read();
  expect(get_user_pages_remote(mm, 0, 1, 0, [])).toBe(1);
  expect(mm.readers()).toBe(1);
});

test("get_user_pages_fast() takes no lock for what is present", () => {
  const mm = addressSpaceOf([present, present]);
  expect(get_user_pages_fast(mm, 0, 2, 0, [])).toBe(2);
  expect(mm.log).toEqual([]);
});

test("get_user_pages_fast() gets the rest the slow way, and keeps what it has when that fails", () => {
  const mm = addressSpaceOf([present, absent, broken]);
  expect(pfns(get_user_pages_fast(mm, 0, 3, 0))).toEqual([100, 101]);
  expect(get_user_pages_fast(mm, 2 * PAGE_SIZE, 1, 0)).toBe(-ENOMEM);
  expect([mm.readers(), pinned()]).toEqual([0, 2]);
});

test("get_user_pages_longterm() refuses filesystem DAX and puts back what it pinned", () => {
  const dax = addressSpaceOf([present, present], { fsdax: true });
  expect(get_user_pages_longterm(dax, 0, 2, 0)).toBe(-EOPNOTSUPP);
  expect(dax.pages.map(({ _refcount }) => _refcount)).toEqual([1, 1]);
  expect(pinned()).toBe(0);

  const plain = addressSpaceOf([present]);
  expect(get_user_pages_longterm(plain, 0, 1, 0, null)).toBe(-EINVAL);
  const pages = get_user_pages_longterm(plain, 0, 1, 0);
  if (typeof pages === "number") throw new Error("expected pages");
  for (const page of pages) put_user_page(page);
  expect(pinned()).toBe(0);
});
