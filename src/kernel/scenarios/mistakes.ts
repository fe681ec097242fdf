/**
 * Mistakes with pins, made for real, each by a function that a detector may name.
 *
 * Where a page is put the wrong way, its type is lost first: a number or a cast. So the mistakes stay mistakes, and
 * compile, in a model whose pages have two types.
 */

import { page_address, pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { EFAULT } from "../include/linux/errno.ts";
import { get_page, PAGE_SIZE } from "../include/linux/mm.ts";
import { remove_vma } from "../mm/mmap.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { GUP_PIN_COUNTING_BIAS } from "../mm/pin_counting.ts";
import { put_page, put_user_page, put_user_pages } from "../mm/swap.ts";
import type { Machine } from "./machine.ts";
import { pinned } from "./pinning.ts";

/** Where the process of a story has its memory. */
export const BUFFER = 16 * PAGE_SIZE;

/** Where mistakes are made. */
export interface Stage {
  readonly machine: Machine;
  /** What others, who do nothing wrong, do at the end. */
  readonly ends: (() => void)[];
}

/** Something that should not be done; or, where `right` is set, something that should not be complained of. */
export interface Mistake {
  readonly name: string;
  readonly right: boolean;
  readonly make: (stage: Stage) => void;
}

/** The rows of the table. */
export const mistakes: readonly Mistake[] = [
  { name: "`put_page()` on a pinned page that is mapped", right: false, make: put_pinned_plainly },
  { name: "`put_page()` on a pinned page that is mapped no more", right: false, make: put_last_pin_plainly },
  { name: "`put_page()` on a pinned page that another holds plainly", right: false, make: put_anothers_reference },
  { name: "`put_user_page()` on a plain page that is mapped", right: false, make: unpin_plain_mapped },
  { name: "`put_user_page()` on a plain page of the kernel", right: false, make: unpin_plain_kernel },
  { name: "both at once: two pages mistaken for each other", right: false, make: put_crosswise },
  { name: "a second `put_user_page()`", right: false, make: put_twice },
  { name: "a second `put_user_page()` while another holds a pin", right: false, make: put_anothers },
  { name: "a second `put_page()` of a plain reference", right: false, make: put_plain_twice },
  { name: "no put on an error path", right: false, make: leak_on_error },
  { name: "a batch released with a count one too small", right: false, make: put_too_few },
  { name: "a write after the put, the page still mapped", right: false, make: write_after_put },
  { name: "a write after the put, the frame free", right: false, make: write_into_free_frame },
  { name: "`set_page_dirty_lock()` after the put", right: false, make: dirty_after_put },
  { name: "no mistake: two pins taken and released", right: true, make: pin_and_put },
  { name: "no mistake: 1024 plain references", right: true, make: share_widely },
];

function put_pinned_plainly(): void {
  for (const { pfn } of pinned(BUFFER, 1)) put_page(pfn_to_page(pfn));
}

function put_last_pin_plainly(stage: Stage): void {
  const pages = pinned(BUFFER, 1);
  unmapAll(stage);
  for (const { pfn } of pages) put_page(pfn_to_page(pfn));
}

function put_anothers_reference({ ends }: Stage): void {
  for (const { pfn } of pinned(BUFFER, 1)) {
    get_page(pfn_to_page(pfn));
    ends.push(function put_own_reference() {
      put_page(pfn_to_page(pfn));
    });
    put_page(pfn_to_page(pfn));
  }
}

function unpin_plain_mapped(): void {
  const pages = pinned(BUFFER, 1);
  for (const page of pages) put_user_page(page);
  for (const { pfn } of pages) unpin_anything(pfn);
}

function unpin_plain_kernel(stage: Stage): void {
  unpin_anything(kernelPage(stage));
}

function put_crosswise(stage: Stage): void {
  const plain = kernelPage(stage);
  get_page(pfn_to_page(plain));
  for (const { pfn } of pinned(BUFFER, 1)) put_page(pfn_to_page(pfn));
  unpin_anything(plain);
}

function put_twice(): void {
  for (const page of pinned(BUFFER, 1)) {
    put_user_page(page);
    put_user_page(page);
  }
}

function put_anothers(stage: Stage): void {
  const others = pinned(BUFFER, 1);
  stage.ends.push(function put_own_pin() {
    for (const page of others) put_user_page(page);
  });
  put_twice();
}

function put_plain_twice(stage: Stage): void {
  const pfn = kernelPage(stage);
  get_page(pfn_to_page(pfn));
  put_page(pfn_to_page(pfn));
  put_page(pfn_to_page(pfn));
}

// The memory ends after two pages, and the caller forgets that two were pinned.
function leak_on_error(): number {
  const pages = pinned(BUFFER, 3);
  if (pages.length < 3) return -EFAULT;

  for (const page of pages) put_user_page(page);
  return 0;
}

function put_too_few(): void {
  const pages = pinned(BUFFER, 2);
  put_user_pages(pages, pages.length - 1);
}

function write_after_put(): void {
  for (const page of pinned(BUFFER, 1)) {
    put_user_page(page);
    page_address(page)[0] = 1;
  }
}

function write_into_free_frame(stage: Stage): void {
  const pages = pinned(BUFFER, 1);
  unmapAll(stage);
  for (const page of pages) {
    put_user_page(page);
    page_address(page)[0] = 1;
  }
}

function dirty_after_put(): void {
  for (const page of pinned(BUFFER, 1)) {
    put_user_page(page);
    set_page_dirty_lock(page);
  }
}

function pin_and_put(): void {
  for (const page of [...pinned(BUFFER, 1), ...pinned(BUFFER, 1)]) put_user_page(page);
}

function share_widely(stage: Stage): void {
  const pfn = kernelPage(stage);
  for (let references = 1; references < GUP_PIN_COUNTING_BIAS; references++) {
    get_page(pfn_to_page(pfn));
    stage.ends.push(() => put_page(pfn_to_page(pfn)));
  }
}

// A cast, as any mistake needs in a model with two types.
function unpin_anything(pfn: number): void {
  put_user_page(pfn_to_page(pfn) as never);
}

function unmapAll({ machine }: Stage): void {
  for (const vma of [...machine.task.mm.mmap]) remove_vma(vma);
}

// Whoever has the page puts it at the end.
function kernelPage({ ends }: Stage): number {
  const page = alloc_page();
  if (page === null) return 0;

  ends.push(() => put_page(page));
  return page.pfn;
}
