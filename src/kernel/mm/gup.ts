/**
 * Stands for mm/gup.c.
 *
 * Modelled: the slow walk (__get_user_pages() over follow_page_pte() and faultin_page()), the fast walk
 * (gup_pte_range()), the family around them, and page_add_pin(), a placeholder that the model does not call. Every
 * reference is taken in try_grab_page(), a name of v5.7: where pins were counted there, the model's detectors watch.
 * An out-array is appended to: what C writes as `pages + nr` is the same array here, already `nr` long.
 * Left out: VM_FAULT_RETRY and with it the `locked` and `nonblocking` out-parameters; huge pages.
 */

import {
  is_zero_pfn,
  pte_dirty,
  pte_offset,
  pte_page,
  pte_pfn,
  pte_present,
  pte_special,
  pte_write,
} from "../arch/x86/pgtable.ts";
import { BUG_ON } from "../include/asm-generic/bug.ts";
import { ERR_PTR, type ErrPtr, IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EFAULT, ENOMEM, EOPNOTSUPP, ERESTARTSYS } from "../include/linux/errno.ts";
import {
  FAULT_FLAG_WRITE,
  FOLL_COW,
  FOLL_FORCE,
  FOLL_GET,
  FOLL_WRITE,
  get_page,
  PAGE_SHIFT,
  PAGE_SIZE,
  VM_FAULT_ERROR,
  VM_FAULT_OOM,
  VM_FAULT_WRITE,
  VM_MAYWRITE,
  VM_PFNMAP,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from "../include/linux/mm.ts";
import type { MmStruct, Page, pte_t, VmAreaStruct } from "../include/linux/mm_types.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { current, fatal_signal_pending, type TaskStruct } from "../kernel/sched/core.ts";
import { handle_mm_fault, vm_normal_page } from "./memory.ts";
import { find_vma } from "./mmap.ts";
import { may_pin_page, page_pinned } from "./page_pinning.ts";
import { put_page } from "./swap.ts";

/**
 * get_user_pages_fast() - pin pages of the current process, without its lock as far as they are mapped already
 *
 * Returns how many pages were appended to @pages, or a negative errno when it is none.
 */
export function get_user_pages_fast(start: number, nr_pages: number, write: boolean, pages: Page[]): number {
  const nr = gup_pte_range(current().mm, start, start + nr_pages * PAGE_SIZE, write, pages);
  if (nr === nr_pages) return nr;

  const rest = start + nr * PAGE_SIZE;
  const ret = get_user_pages_unlocked(rest, nr_pages - nr, pages, write ? FOLL_WRITE : 0);
  if (nr === 0) return ret;
  return ret < 0 ? nr : nr + ret;
}

/** __get_user_pages_fast() - the same without faults and without errors: what is not mapped is not pinned */
export function __get_user_pages_fast(start: number, nr_pages: number, write: boolean, pages: Page[]): number {
  return gup_pte_range(current().mm, start, start + nr_pages * PAGE_SIZE, write, pages);
}

/** get_user_pages() - pin pages of the current process, whose mmap_sem the caller holds */
export function get_user_pages(
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: Page[] | null,
  vmas: VmAreaStruct[] | null,
): number {
  return __get_user_pages_locked(current(), current().mm, start, nr_pages, pages, vmas, gup_flags);
}

/** get_user_pages_locked() - get_user_pages() for callers that do not want the areas */
export function get_user_pages_locked(
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: Page[] | null,
): number {
  return __get_user_pages_locked(current(), current().mm, start, nr_pages, pages, null, gup_flags);
}

/** get_user_pages_unlocked() - the same for callers that do not hold mmap_sem */
export function get_user_pages_unlocked(start: number, nr_pages: number, pages: Page[], gup_flags: number): number {
  const { mm } = current();
  down_read(mm.mmap_sem);
  const ret = __get_user_pages_locked(current(), mm, start, nr_pages, pages, null, gup_flags);
  up_read(mm.mmap_sem);
  return ret;
}

/** get_user_pages_remote() - pin pages of another process */
export function get_user_pages_remote(
  tsk: TaskStruct,
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: Page[] | null,
  vmas: VmAreaStruct[] | null,
): number {
  return __get_user_pages_locked(tsk, mm, start, nr_pages, pages, vmas, gup_flags);
}

/** get_user_pages_longterm() - pin for an unknown time, refused where the page is the storage itself */
export function get_user_pages_longterm(
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: Page[],
  vmas: VmAreaStruct[],
): number {
  const rc = get_user_pages(start, nr_pages, gup_flags, pages, vmas);
  if (!vmas.some(vma_is_fsdax)) return rc;

  for (const page of pages.splice(pages.length - rc)) put_page(page);
  return -EOPNOTSUPP;
}

/** mm_populate() - fault an area of the current process in, without pinning its pages */
export function mm_populate(vma: VmAreaStruct): number {
  down_read(vma.vm_mm.mmap_sem);
  const ret = populate_vma_page_range(vma, vma.vm_start, vma.vm_end);
  up_read(vma.vm_mm.mmap_sem);
  return ret;
}

/**
 * page_add_pin() - one more pin on a page that is pinned already; today the same as get_page()
 *
 * Classic direct IO needs it: what it holds in flight is not the reference that get_user_pages() took but a second
 * one, so a distinct release needs a distinct way to duplicate. The kernel got it in v6.5, as folio_add_pin().
 */
export function page_add_pin(page: Page): void {
  get_page(page);
  page_pinned(page);
}

function populate_vma_page_range(vma: VmAreaStruct, start: number, end: number): number {
  const gup_flags = (vma.vm_flags & VM_WRITE) !== 0 ? FOLL_WRITE : 0;
  return __get_user_pages(current(), vma.vm_mm, start, (end - start) >> PAGE_SHIFT, gup_flags, null, null);
}

function __get_user_pages_locked(
  tsk: TaskStruct,
  mm: MmStruct,
  start: number,
  nr_pages: number,
  pages: Page[] | null,
  vmas: VmAreaStruct[] | null,
  flags: number,
): number {
  const gup_flags = pages === null ? flags : flags | FOLL_GET;
  return __get_user_pages(tsk, mm, start, nr_pages, gup_flags, pages, vmas);
}

function __get_user_pages(
  tsk: TaskStruct,
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: Page[] | null,
  vmas: VmAreaStruct[] | null,
): number {
  BUG_ON(mm.mmap_sem.readers === 0 && !mm.mmap_sem.writer, "__get_user_pages() without mmap_sem");
  for (let i = 0; i < nr_pages; i++) {
    const address = start + i * PAGE_SIZE;
    const vma = find_vma(mm, address);
    if (vma === null || !vma_permits(vma, gup_flags)) return i || -EFAULT;

    const page = follow_or_fault(tsk, vma, address, gup_flags);
    if (IS_ERR(page)) return i || PTR_ERR(page);

    pages?.push(page);
    vmas?.push(vma);
  }
  return nr_pages;
}

function follow_or_fault(tsk: TaskStruct, vma: VmAreaStruct, address: number, gup_flags: number): Page | ErrPtr {
  const foll = { flags: gup_flags };
  for (;;) {
    if (fatal_signal_pending(tsk)) return ERR_PTR(-ERESTARTSYS);

    const page = follow_page_pte(vma, address, foll.flags);
    if (page !== null) return page;

    const error = faultin_page(vma, address, foll);
    if (error !== 0) return ERR_PTR(error);
  }
}

function follow_page_pte(vma: VmAreaStruct, address: number, flags: number): Page | ErrPtr | null {
  const pte = pte_offset(vma.vm_mm, address);
  if (!pte_present(pte)) return null;
  if ((flags & FOLL_WRITE) !== 0 && !can_follow_write_pte(pte, flags)) return null;

  const page = vm_normal_page(pte) ?? zero_page_of(pte);
  if (page === null || (flags & FOLL_GET) === 0) return page;
  return try_grab_page(page) ? page : ERR_PTR(-ENOMEM);
}

/** try_grab_page() - take the reference that is the caller's pin; false when the page's count has no room for it */
function try_grab_page(page: Page): boolean {
  if (!may_pin_page(page)) return false;

  get_page(page);
  page_pinned(page);
  return true;
}

// A read of memory that was never written pins the zero page.
function zero_page_of(pte: pte_t): Page | null {
  return is_zero_pfn(pte_pfn(pte)) ? pte_page(pte) : null;
}

function can_follow_write_pte(pte: pte_t, flags: number): boolean {
  const forced = (flags & FOLL_FORCE) !== 0 && (flags & FOLL_COW) !== 0;
  return pte_write(pte) || (forced && pte_dirty(pte));
}

function faultin_page(vma: VmAreaStruct, address: number, foll: { flags: number }): number {
  const ret = handle_mm_fault(vma, address, (foll.flags & FOLL_WRITE) !== 0 ? FAULT_FLAG_WRITE : 0);
  if ((ret & VM_FAULT_ERROR) !== 0) return (ret & VM_FAULT_OOM) !== 0 ? -ENOMEM : -EFAULT;

  const copied = (ret & VM_FAULT_WRITE) !== 0;
  if (copied && (vma.vm_flags & VM_WRITE) === 0) foll.flags |= FOLL_COW;
  return 0;
}

function vma_permits(vma: VmAreaStruct, gup_flags: number): boolean {
  if ((vma.vm_flags & VM_PFNMAP) !== 0) return false;
  if ((gup_flags & FOLL_WRITE) === 0) return (vma.vm_flags & VM_READ) !== 0;
  if ((vma.vm_flags & VM_WRITE) !== 0) return true;
  return (gup_flags & FOLL_FORCE) !== 0 && is_cow_mapping(vma.vm_flags);
}

function is_cow_mapping(flags: number): boolean {
  return (flags & (VM_SHARED | VM_MAYWRITE)) === VM_MAYWRITE;
}

/** vma_is_fsdax() - are the pages of an area the storage itself */
export function vma_is_fsdax(vma: VmAreaStruct): boolean {
  return vma.vm_mapping?.dax ?? false;
}

function gup_pte_range(mm: MmStruct, start: number, end: number, write: boolean, pages: Page[]): number {
  let nr = 0;
  for (let address = start; address < end; address += PAGE_SIZE) {
    const pte = pte_offset(mm, address);
    if (!pte_access_permitted(pte, write) || pte_special(pte)) break;

    const page = pte_page(pte);
    if (!try_grab_page(page)) break;

    pages.push(page);
    nr++;
  }
  return nr;
}

function pte_access_permitted(pte: pte_t, write: boolean): boolean {
  return pte_present(pte) && (!write || pte_write(pte));
}
