import { describe, expect, test } from "vitest";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { EFAULT, EOPNOTSUPP } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { PageDirty } from "../include/linux/page-flags.ts";
import { page_add_pin } from "../mm/gup.ts";
import { put_user_page, put_user_pages, put_user_pages_dirty, put_user_pages_dirty_lock } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import { boot, mapFile, pattern } from "./machine.ts";
import {
  beyondFile,
  fastThenSlow,
  forkAndWrite,
  pinned,
  pinStorage,
  populate,
  theWholeFamily,
  unmapWritten,
} from "./pinning.ts";

test("every member of the family pins what is asked for, or as much as there is", () => {
  expect(theWholeFamily()).toEqual({
    counts: [
      ["get_user_pages", 3, 3],
      ["get_user_pages_locked", 3, 3],
      ["get_user_pages_unlocked", 3, 3],
      ["get_user_pages_remote", 3, 3],
      ["get_user_pages_longterm", 3, 3],
      ["get_user_pages_fast", 3, 3],
    ],
    imbalances: [],
  });
});

test("the fast walk stops at the first unmapped page and the slow one goes on from there", () => {
  expect(fastThenSlow()).toEqual({ ret: 3, imbalances: [] });
});

test("storage is not pinned for long", () => {
  expect(pinStorage()).toEqual({ ret: -EOPNOTSUPP, left: 0, imbalances: [] });
});

test("a mapping's pages beyond the end of its file cannot be pinned", () => {
  expect(beyondFile()).toEqual({ ret: -EFAULT, imbalances: [] });
});

test("populating maps pages and pins none", () => {
  expect(populate()).toEqual({ populated: 4, mapped: 4, afterUnmap: 0, imbalances: [] });
});

test("unmapping hands on which pages were written", () => {
  expect(unmapWritten()).toEqual({ dirty: 1, again: 0, imbalances: [] });
});

test("pinning for write and writing both break the sharing after a fork, for private memory only", () => {
  expect(forkAndWrite()).toEqual({
    pinnedByChild: 1,
    poked: 16,
    missed: 0,
    seen: {
      parent: pattern(1, 4),
      child: pattern(9, 4),
      parentReadOnly: new Uint8Array(4),
      childReadOnly: pattern(5, 4),
      shared: pattern(4, 1),
    },
    whileBothLive: [],
    imbalances: [],
  });
});

describe("the placeholders", () => {
  function pinTwoPagesOfFile() {
    const machine = boot();
    mapFile(machine, 16, 2);
    return { machine, pages: pinned(16 * PAGE_SIZE, 2) };
  }

  test("a pin is an imbalance until it is put", () => {
    const { machine, pages } = pinTwoPagesOfFile();
    expect(imbalances(machine)).toEqual(["page 1: 3 references, 2 owners", "page 2: 3 references, 2 owners"]);
    for (const page of pages) put_user_page(page);
    expect(imbalances(machine)).toEqual([]);
  });

  test("put_user_pages() puts the first pages of an array", () => {
    const { machine, pages } = pinTwoPagesOfFile();
    put_user_pages(pages, 1);
    expect(imbalances(machine)).toEqual(["page 2: 3 references, 2 owners"]);
    put_user_pages(pages.slice(1), 1);
    expect(imbalances(machine)).toEqual([]);
  });

  test.each(Object.entries({ put_user_pages_dirty, put_user_pages_dirty_lock }))(
    "%s() dirties and puts",
    (_, release) => {
      const { machine, pages } = pinTwoPagesOfFile();
      write_cache_pages(machine.mappings[0] ?? expect.fail("no file is mapped"));
      expect(pages.map(PageDirty)).toEqual([false, false]);
      release(pages, 2);
      expect(pages.map(PageDirty)).toEqual([true, true]);
      expect(imbalances(machine)).toEqual([]);
    },
  );

  test("page_add_pin() owes one more release", () => {
    const { machine, pages } = pinTwoPagesOfFile();
    for (const page of pages) page_add_pin(page);
    put_user_pages(pages, 2);
    put_user_pages(pages, 2);
    expect(imbalances(machine)).toEqual([]);
  });

  test("one put too many is a bug", () => {
    const { pages } = pinTwoPagesOfFile();
    put_user_pages(pages, 2);
    expect(() => {
      for (const page of [...pages, ...pages, ...pages]) put_user_page(page);
    }).toThrow("which is mapped");
  });
});
