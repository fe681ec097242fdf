/**
 * Stands for mm/rmap.c.
 *
 * Modelled: page_mkclean() for the pages of a file.
 * Left out: anonymous reverse mappings, unmapping.
 */

import {
  pte_dirty,
  pte_mkclean_wrprotect,
  pte_offset,
  pte_page,
  pte_present,
  set_pte_at,
} from "../arch/x86/pgtable.ts";
import { PAGE_SHIFT } from "../include/linux/mm.ts";
import type { Page, VmAreaStruct } from "../include/linux/mm_types.ts";

/** page_mkclean() - write-protect and clean every mapping of a page; returns how many were dirty */
export function page_mkclean(page: Page): number {
  const areas = page.mapping?.i_mmap ?? [];
  return areas.filter((vma) => page_mkclean_one(page, vma)).length;
}

function page_mkclean_one(page: Page, vma: VmAreaStruct): boolean {
  const address = vma.vm_start + ((page.index - vma.vm_pgoff) << PAGE_SHIFT);
  if (address < vma.vm_start || address >= vma.vm_end) return false;

  const pte = pte_offset(vma.vm_mm, address);
  if (!pte_present(pte) || pte_page(pte) !== page) return false;

  set_pte_at(vma.vm_mm, address, pte_mkclean_wrprotect(pte));
  return pte_dirty(pte);
}
