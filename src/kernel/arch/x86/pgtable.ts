/**
 * Stands for arch/x86/include/asm/pgtable.h.
 *
 * Modelled: a page table entry as an integer of pfn and flags; ZERO_PAGE().
 * Left out: the levels above the last: mm_struct.pgd maps a page number to its entry.
 */

import { page_to_pfn, pfn_to_page } from "../../include/asm-generic/memory_model.ts";
import { PAGE_SHIFT } from "../../include/linux/mm.ts";
import type { MmStruct, Page, pte_t } from "../../include/linux/mm_types.ts";

const _PAGE_PRESENT = 1 << 0;
const _PAGE_RW = 1 << 1;
const _PAGE_DIRTY = 1 << 6;
const _PAGE_SPECIAL = 1 << 9;
const ZERO_PFN = 0;

/** ZERO_PAGE() - the page of zeros that is mapped wherever nothing was written yet */
export function ZERO_PAGE(_vaddr: number): Page {
  return pfn_to_page(ZERO_PFN);
}

/** is_zero_pfn() - is this the frame of ZERO_PAGE() */
export function is_zero_pfn(pfn: number): boolean {
  return pfn === ZERO_PFN;
}

/** pte_offset() - the entry that translates an address, 0 when there is none */
export function pte_offset(mm: MmStruct, address: number): pte_t {
  return mm.pgd.get(address >> PAGE_SHIFT) ?? 0;
}

/** set_pte_at() - install an entry */
export function set_pte_at(mm: MmStruct, address: number, pte: pte_t): void {
  mm.pgd.set(address >> PAGE_SHIFT, pte);
}

/** pte_clear() - remove an entry */
export function pte_clear(mm: MmStruct, address: number): void {
  mm.pgd.delete(address >> PAGE_SHIFT);
}

/** mk_pte() - a clean, read-only entry for a page */
export function mk_pte(page: Page): pte_t {
  return pfn_pte(page_to_pfn(page));
}

/** pfn_pte() - the same for a frame that may have no page */
export function pfn_pte(pfn: number): pte_t {
  return (pfn << PAGE_SHIFT) | _PAGE_PRESENT;
}

/** pte_pfn() - the frame number in an entry */
export function pte_pfn(pte: pte_t): number {
  return pte >>> PAGE_SHIFT;
}

/** pte_page() - the page behind an entry */
export function pte_page(pte: pte_t): Page {
  return pfn_to_page(pte_pfn(pte));
}

/** pte_present() - is there a page behind the entry */
export function pte_present(pte: pte_t): boolean {
  return (pte & _PAGE_PRESENT) !== 0;
}

/** pte_write() - may the process write */
export function pte_write(pte: pte_t): boolean {
  return (pte & _PAGE_RW) !== 0;
}

/** pte_dirty() - has the process written, or is it about to */
export function pte_dirty(pte: pte_t): boolean {
  return (pte & _PAGE_DIRTY) !== 0;
}

/** pte_special() - does the entry map a page without counting it, as ZERO_PAGE() */
export function pte_special(pte: pte_t): boolean {
  return (pte & _PAGE_SPECIAL) !== 0;
}

/** pte_mkwrite() - the same entry, writable */
export function pte_mkwrite(pte: pte_t): pte_t {
  return pte | _PAGE_RW;
}

/** pte_mkdirty() - the same entry, dirty */
export function pte_mkdirty(pte: pte_t): pte_t {
  return pte | _PAGE_DIRTY;
}

/** pte_mkspecial() - the same entry, its page not counted */
export function pte_mkspecial(pte: pte_t): pte_t {
  return pte | _PAGE_SPECIAL;
}

/** pte_mkclean_wrprotect() - the same entry, clean and read-only: the next write faults */
export function pte_mkclean_wrprotect(pte: pte_t): pte_t {
  return pte & ~(_PAGE_DIRTY | _PAGE_RW);
}

/** pte_wrprotect() - the same entry, read-only */
export function pte_wrprotect(pte: pte_t): pte_t {
  return pte & ~_PAGE_RW;
}
