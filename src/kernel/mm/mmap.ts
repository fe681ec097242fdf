/**
 * Stands for mm/mmap.c.
 *
 * Modelled: placing, finding, splitting and removing VMAs; the end of an address space.
 * Left out: merging, address randomisation.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { PAGE_SHIFT } from "../include/linux/mm.ts";
import type { AddressSpace, MmStruct, VmAreaStruct } from "../include/linux/mm_types.ts";
import { down_write, up_write } from "../kernel/locking/rwsem.ts";
import { zap_page_range } from "./memory.ts";
import { mmu_notifier_release } from "./mmu_notifier.ts";

/** mm_alloc() - an empty address space with one user */
export function mm_alloc(): MmStruct {
  const mmap_sem = { readers: 0, writer: false };
  return { mmap: [], pgd: new Map(), mmap_sem, mm_users: 1, mmu_notifier_mm: [], pinned_vm: 0, locked_vm: 0 };
}

/** mmap_region() - place an area; a file's area must start at the file's first page */
export function mmap_region(
  mm: MmStruct,
  start: number,
  length: number,
  vm_flags: number,
  mapping: AddressSpace | null,
): VmAreaStruct {
  const vm_end = start + length;
  return insert_vma({ vm_mm: mm, vm_start: start, vm_end, vm_flags, vm_mapping: mapping, vm_pgoff: 0 });
}

/** find_vma() - the area that holds an address; unlike the kernel's it does not return the next one */
export function find_vma(mm: MmStruct, address: number): VmAreaStruct | null {
  return mm.mmap.find((vma) => vma.vm_start <= address && address < vma.vm_end) ?? null;
}

/** remove_vma() - unmap an area and forget it */
export function remove_vma(vma: VmAreaStruct): void {
  zap_page_range(vma);
  forget_vma(vma);
}

/** vm_munmap() - unmap a range of addresses, whatever areas it touches */
export function vm_munmap(mm: MmStruct, start: number, len: number): void {
  down_write(mm.mmap_sem);
  do_munmap(mm, start, start + len);
  up_write(mm.mmap_sem);
}

/** mmput() - drop a user of an address space; the last one unmaps everything */
export function mmput(mm: MmStruct): void {
  mm.mm_users--;
  if (mm.mm_users > 0) return;

  mmu_notifier_release(mm);
  for (const vma of [...mm.mmap]) remove_vma(vma);
}

/** mmget_not_zero() - one more user, to be dropped by mmput(), unless the last one has gone */
export function mmget_not_zero(mm: MmStruct): boolean {
  if (mm.mm_users === 0) return false;

  mm.mm_users++;
  return true;
}

function do_munmap(mm: MmStruct, start: number, end: number): void {
  for (const vma of mm.mmap.filter(({ vm_start, vm_end }) => vm_start < end && start < vm_end)) {
    const upper = vma.vm_start < start ? __split_vma(vma, start)[1] : vma;
    remove_vma(end < upper.vm_end ? __split_vma(upper, end)[0] : upper);
  }
}

// Two areas in the place of one; the pages stay mapped where they are.
function __split_vma(vma: VmAreaStruct, address: number): readonly [VmAreaStruct, VmAreaStruct] {
  forget_vma(vma);
  const vm_pgoff = vma.vm_pgoff + ((address - vma.vm_start) >> PAGE_SHIFT);
  return [insert_vma({ ...vma, vm_end: address }), insert_vma({ ...vma, vm_start: address, vm_pgoff })];
}

function insert_vma(vma: VmAreaStruct): VmAreaStruct {
  vma.vm_mm.mmap.push(vma);
  vma.vm_mapping?.i_mmap.push(vma);
  return vma;
}

function forget_vma(vma: VmAreaStruct): void {
  forget(vma.vm_mm.mmap, vma);
  if (vma.vm_mapping !== null) forget(vma.vm_mapping.i_mmap, vma);
}

function forget(areas: VmAreaStruct[], vma: VmAreaStruct): void {
  const place = areas.indexOf(vma);
  BUG_ON(place === -1, "an area is removed that is gone already");
  areas.splice(place, 1);
}
