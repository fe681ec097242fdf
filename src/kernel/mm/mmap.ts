/**
 * Stands for mm/mmap.c.
 *
 * Modelled: placing, finding and removing VMAs; the end of an address space.
 * Left out: merging, splitting, address randomisation: an area is removed as it was placed.
 */

import type { AddressSpace, MmStruct, VmAreaStruct } from "../include/linux/mm_types.ts";
import { zap_page_range } from "./memory.ts";

/** mm_alloc() - an empty address space with one user */
export function mm_alloc(): MmStruct {
  const mmap_sem = { readers: 0, writer: false };
  return { mmap: [], pgd: new Map(), mmap_sem, mm_users: 1, pinned_vm: 0, locked_vm: 0 };
}

/** mmap_region() - place an area; a file's area must start at the file's first page */
export function mmap_region(
  mm: MmStruct,
  start: number,
  length: number,
  vm_flags: number,
  mapping: AddressSpace | null,
): VmAreaStruct {
  const vma = { vm_mm: mm, vm_start: start, vm_end: start + length, vm_flags, vm_mapping: mapping, vm_pgoff: 0 };
  mm.mmap.push(vma);
  mapping?.i_mmap.push(vma);
  return vma;
}

/** find_vma() - the area that holds an address; unlike the kernel's it does not return the next one */
export function find_vma(mm: MmStruct, address: number): VmAreaStruct | null {
  return mm.mmap.find((vma) => vma.vm_start <= address && address < vma.vm_end) ?? null;
}

/** remove_vma() - unmap an area and forget it */
export function remove_vma(vma: VmAreaStruct): void {
  zap_page_range(vma);
  forget(vma.vm_mm.mmap, vma);
  if (vma.vm_mapping !== null) forget(vma.vm_mapping.i_mmap, vma);
}

/** mmput() - drop a user of an address space; the last one unmaps everything */
export function mmput(mm: MmStruct): void {
  mm.mm_users--;
  if (mm.mm_users > 0) return;

  for (const vma of [...mm.mmap]) remove_vma(vma);
}

function forget(areas: VmAreaStruct[], vma: VmAreaStruct): void {
  areas.splice(areas.indexOf(vma), 1);
}
