/**
 * Stands for include/linux/mm.h.
 *
 * Modelled: the flags of VMAs, faults and get_user_pages(), and get_page().
 * Left out: put_page() and put_user_page(), inline here in the kernel, live in mm/swap.ts beside what they call,
 * so that imports have no cycle.
 */

import { BUG_ON } from "../asm-generic/bug.ts";
import type { Page } from "./mm_types.ts";

/** Bytes of a frame, as a power of two. */
export const PAGE_SHIFT = 12;
/** Bytes of a frame. */
export const PAGE_SIZE = 1 << PAGE_SHIFT;

/** The VMA can be read. */
export const VM_READ = 0x1;
/** The VMA can be written. */
export const VM_WRITE = 0x2;
/** Writes are seen by all who map the same file. */
export const VM_SHARED = 0x8;
/** The VMA could be made writable, as every private mapping can. */
export const VM_MAYWRITE = 0x20;

/** The area maps frames by number, uncounted; they need no struct page. */
export const VM_PFNMAP = 0x400;

/** The access that faulted was a write. */
export const FAULT_FLAG_WRITE = 0x01;

/** No frame for the fault. */
export const VM_FAULT_OOM = 0x0001;
/** The address has no backing, as beyond the end of a mapped file. */
export const VM_FAULT_SIGBUS = 0x0002;
/** A write fault was served by a copy or by reuse. */
export const VM_FAULT_WRITE = 0x0008;
/** Any failure. */
export const VM_FAULT_ERROR = VM_FAULT_OOM | VM_FAULT_SIGBUS;

/** Pin for writing into the page. */
export const FOLL_WRITE = 0x01;
/** Take a reference. */
export const FOLL_GET = 0x04;
/** Ignore the protection of a private mapping, as a debugger does. */
export const FOLL_FORCE = 0x10;
/** Internal: the copy that FOLL_FORCE needs has been made. */
export const FOLL_COW = 0x4000;

/** page_ref_count() - the number of references */
export function page_ref_count(page: Page): number {
  return page._refcount;
}

/** get_page() - take one more reference; the caller must be covered by another */
export function get_page(page: Page): void {
  BUG_ON(page_ref_count(page) <= 0, `get_page() on free page ${page.pfn}`);
  page._refcount++;
}
