/**
 * Stands for mm/memory.c.
 *
 * Modelled: faults on anonymous memory (zero page on read, a fresh frame on write, copy on write) and on shared file
 * mappings; areas of bare frame numbers; unmapping; the copy of an address space for fork.
 * Left out: swap, private file mappings, huge pages, faults that sleep (VM_FAULT_RETRY).
 */

import {
  is_zero_pfn,
  mk_pte,
  pfn_pte,
  pte_clear,
  pte_dirty,
  pte_mkdirty,
  pte_mkspecial,
  pte_mkwrite,
  pte_offset,
  pte_page,
  pte_pfn,
  pte_present,
  pte_special,
  pte_write,
  pte_wrprotect,
  set_pte_at,
  ZERO_PAGE,
} from "../arch/x86/pgtable.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EINVAL, ENOMEM } from "../include/linux/errno.ts";
import {
  FAULT_FLAG_WRITE,
  get_page,
  PAGE_SHIFT,
  PAGE_SIZE,
  VM_FAULT_OOM,
  VM_FAULT_SIGBUS,
  VM_FAULT_WRITE,
  VM_PFNMAP,
  VM_SHARED,
  VM_WRITE,
} from "../include/linux/mm.ts";
import type { AddressSpace, Page, pte_t, VmAreaStruct } from "../include/linux/mm_types.ts";
import { filemap_fault } from "./filemap.ts";
import { mmu_notifier_invalidate_range_start } from "./mmu_notifier.ts";
import { alloc_page } from "./page_alloc.ts";
import { set_page_dirty } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

/** handle_mm_fault() - make an address accessible; returns VM_FAULT bits */
export function handle_mm_fault(vma: VmAreaStruct, address: number, flags: number): number {
  const pte = pte_offset(vma.vm_mm, address);
  const write = (flags & FAULT_FLAG_WRITE) !== 0;
  if (pte_present(pte)) return write && !pte_write(pte) ? do_wp_page(vma, address, pte) : 0;
  if (vma.vm_mapping !== null) return do_shared_fault(vma, vma.vm_mapping, address, write);
  return do_anonymous_page(vma, address, write);
}

/** vm_normal_page() - the page that an entry counts, null for the zero page and for no entry */
export function vm_normal_page(pte: pte_t): Page | null {
  return pte_present(pte) && !pte_special(pte) ? pte_page(pte) : null;
}

/** zap_page_range() - unmap everything in an area */
export function zap_page_range(vma: VmAreaStruct): void {
  zap_from(vma, vma.vm_start);
}

/** unmap_mapping_range() - unmap the pages of a file from @holebegin on, wherever they are mapped */
export function unmap_mapping_range(mapping: AddressSpace, holebegin: number): void {
  for (const vma of mapping.i_mmap) {
    zap_from(vma, Math.max(vma.vm_start, vma.vm_start + ((holebegin - vma.vm_pgoff) << PAGE_SHIFT)));
  }
}

function zap_from(vma: VmAreaStruct, start: number): void {
  mmu_notifier_invalidate_range_start(vma.vm_mm, start, vma.vm_end);
  for (let address = start; address < vma.vm_end; address += PAGE_SIZE) {
    const pte = pte_offset(vma.vm_mm, address);
    const page = vm_normal_page(pte);
    pte_clear(vma.vm_mm, address);
    if (page !== null) page_remove_mapping(page, pte);
  }
}

/** copy_page_range() - share an area's pages with the same area of a child; private ones become copy on write */
export function copy_page_range(child: VmAreaStruct, parent: VmAreaStruct): void {
  const is_cow = (parent.vm_flags & VM_SHARED) === 0;
  if (is_cow) mmu_notifier_invalidate_range_start(parent.vm_mm, parent.vm_start, parent.vm_end);
  for (let address = parent.vm_start; address < parent.vm_end; address += PAGE_SIZE) {
    const pte = pte_offset(parent.vm_mm, address);
    if (pte_present(pte)) copy_one_pte(child, parent, address, pte);
  }
}

/** remap_pfn_range() - map an area to consecutive frames, which need not have pages and are not counted */
export function remap_pfn_range(vma: VmAreaStruct, pfn: number): void {
  vma.vm_pgoff = pfn;
  for (let address = vma.vm_start; address < vma.vm_end; address += PAGE_SIZE) {
    const frame = pfn + ((address - vma.vm_start) >> PAGE_SHIFT);
    set_pte_at(vma.vm_mm, address, maybe_mkwrite(pte_mkspecial(pfn_pte(frame)), vma));
  }
}

/** follow_pfn() - the frame that a VM_PFNMAP area maps at an address, or a negative errno */
export function follow_pfn(vma: VmAreaStruct, address: number): number {
  if ((vma.vm_flags & VM_PFNMAP) === 0) return -EINVAL;

  const pte = pte_offset(vma.vm_mm, address);
  return pte_present(pte) ? pte_pfn(pte) : -EINVAL;
}

function copy_one_pte(child: VmAreaStruct, parent: VmAreaStruct, address: number, pte: pte_t): void {
  const shared = (parent.vm_flags & VM_SHARED) !== 0 ? pte : pte_wrprotect(pte);
  const page = vm_normal_page(pte);
  if (page !== null) {
    get_page(page);
    page._mapcount++;
  }
  set_pte_at(parent.vm_mm, address, shared);
  set_pte_at(child.vm_mm, address, shared);
}

/** linear_page_index() - the place in its file of the page at an address */
export function linear_page_index(vma: VmAreaStruct, address: number): number {
  return vma.vm_pgoff + ((address - vma.vm_start) >> PAGE_SHIFT);
}

function do_anonymous_page(vma: VmAreaStruct, address: number, write: boolean): number {
  if (!write) {
    set_pte_at(vma.vm_mm, address, pte_mkspecial(mk_pte(ZERO_PAGE(address))));
    return 0;
  }
  const page = alloc_page();
  if (page === null) return VM_FAULT_OOM;

  map_new_page(vma, address, page);
  return 0;
}

function do_shared_fault(vma: VmAreaStruct, mapping: AddressSpace, address: number, write: boolean): number {
  const index = linear_page_index(vma, address);
  if (index >= mapping.nr_pages) return VM_FAULT_SIGBUS;

  const page = filemap_fault(mapping, index);
  if (IS_ERR(page)) return PTR_ERR(page) === -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
  page._mapcount++;
  set_pte_at(vma.vm_mm, address, mk_pte(page));
  return write ? wp_page_shared(vma, address, page) : 0;
}

function do_wp_page(vma: VmAreaStruct, address: number, pte: pte_t): number {
  const page = vm_normal_page(pte);
  if (page !== null && (vma.vm_flags & VM_SHARED) !== 0) return wp_page_shared(vma, address, page);
  // Only mappings are counted here, not references: a page that is pinned and mapped once is written in place.
  if (page !== null && page._mapcount === 1) return wp_page_reuse(vma, address, page);
  return wp_page_copy(vma, address, pte);
}

// The file system hears of the first write only: then, until page_mkclean(), the process writes without a fault.
function wp_page_shared(vma: VmAreaStruct, address: number, page: Page): number {
  page.mapping?.a_ops?.page_mkwrite(page);
  return wp_page_reuse(vma, address, page);
}

function wp_page_reuse(vma: VmAreaStruct, address: number, page: Page): number {
  set_pte_at(vma.vm_mm, address, maybe_mkwrite(pte_mkdirty(mk_pte(page)), vma));
  return VM_FAULT_WRITE;
}

function wp_page_copy(vma: VmAreaStruct, address: number, pte: pte_t): number {
  const new_page = alloc_page();
  if (new_page === null) return VM_FAULT_OOM;

  if (!is_zero_pfn(pte_pfn(pte))) page_address(new_page).set(page_address(pte_page(pte)));
  const old_page = vm_normal_page(pte);
  map_new_page(vma, address, new_page);
  if (old_page !== null) page_remove_mapping(old_page, pte);
  return VM_FAULT_WRITE;
}

// The reference that allocation gave becomes the mapping's.
function map_new_page(vma: VmAreaStruct, address: number, page: Page): void {
  page._mapcount++;
  set_pte_at(vma.vm_mm, address, maybe_mkwrite(pte_mkdirty(mk_pte(page)), vma));
}

function page_remove_mapping(page: Page, pte: pte_t): void {
  if (page.mapping !== null && pte_dirty(pte)) set_page_dirty(page);
  page._mapcount--;
  put_page(page);
}

// FOLL_FORCE may write where the process may not: its copy stays read-only for the process.
function maybe_mkwrite(pte: pte_t, vma: VmAreaStruct): pte_t {
  return (vma.vm_flags & VM_WRITE) !== 0 ? pte_mkwrite(pte) : pte;
}
