import { expect, test } from "vitest";
import { ZERO_PAGE } from "../arch/x86/pgtable.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { get_page, page_ref_count } from "../include/linux/mm.ts";
import { alloc_page, mem_init, nr_free_pages } from "./page_alloc.ts";
import { put_page } from "./swap.ts";

function onePage() {
  mem_init(4);
  return alloc_page() ?? expect.fail("no frame");
}

test("the last put frees the frame", () => {
  const page = onePage();
  get_page(page);
  put_page(page);
  expect([page_ref_count(page), nr_free_pages()]).toEqual([1, 2]);
  put_page(page);
  expect([page_ref_count(page), nr_free_pages()]).toEqual([0, 3]);
});

test("a free page can neither be put nor got", () => {
  const page = onePage();
  put_page(page);
  expect(() => put_page(page)).toThrow("put_page() on free page 1");
  expect(() => get_page(page)).toThrow("get_page() on free page 1");
});

test("a frame that is mapped is not freed", () => {
  const page = onePage();
  page._mapcount = 1;
  expect(() => put_page(page)).toThrow("freeing page 1, which is mapped");
});

test("the zero page keeps its last reference", () => {
  onePage();
  expect(() => put_page(ZERO_PAGE(0))).toThrow("the last reference to ZERO_PAGE() was dropped");
});

test("a write into a freed frame is found when the frame is used again", () => {
  const page = onePage();
  put_page(page);
  page_address(page)[7] = 1;
  expect(alloc_page).toThrow("page 1 was written after it was freed");
});

test("when no frame is left, there is none", () => {
  onePage();
  expect([alloc_page(), alloc_page(), alloc_page()].map((page) => page?.pfn)).toEqual([2, 3, undefined]);
});
