/**
 * Stands for arch/x86/mm/fault.c and the memory instructions of the CPU.
 *
 * Modelled: a user process that reads and writes its own memory, with the page faults this takes.
 * Left out: signals: an access that a real process would die of stops the model.
 */

import { physicalBytes } from "../../hardware/memory.ts";
import { BUG } from "../../include/asm-generic/bug.ts";
import {
  FAULT_FLAG_WRITE,
  PAGE_SHIFT,
  PAGE_SIZE,
  VM_FAULT_ERROR,
  VM_FAULT_OOM,
  VM_WRITE,
} from "../../include/linux/mm.ts";
import type { MmStruct, VmAreaStruct } from "../../include/linux/mm_types.ts";
import { down_read, up_read } from "../../kernel/locking/rwsem.ts";
import { handle_mm_fault } from "../../mm/memory.ts";
import { find_vma } from "../../mm/mmap.ts";
import { nr_free_pages } from "../../mm/page_alloc.ts";
import { pte_offset, pte_pfn, pte_present, pte_write } from "./pgtable.ts";

/** userLoad() - the process reads its own memory */
export function userLoad(mm: MmStruct, start: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const source = accessible(mm, start + done, false).subarray(0, length - done);
    bytes.set(source, done);
    done += source.length;
  }
  return bytes;
}

/** userStore() - the process writes its own memory */
export function userStore(mm: MmStruct, start: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const target = accessible(mm, start + done, true);
    const chunk = bytes.subarray(done, done + target.length);
    target.set(chunk);
    done += chunk.length;
  }
}

/** userCanLoad() - may the process read this memory, or would it die of it; what is missing is faulted in */
export function userCanLoad(mm: MmStruct, start: number, length: number): boolean {
  return pagesTouched(start, length).every((address) => faultIn(mm, address, false));
}

/** userCanStore() - may the process write this memory, or would it die of it; what is missing is faulted in */
export function userCanStore(mm: MmStruct, start: number, length: number): boolean {
  return pagesTouched(start, length).every((address) => faultIn(mm, address, true));
}

function pagesTouched(start: number, length: number): readonly number[] {
  const first = start - (start % PAGE_SIZE);
  return Array.from({ length: Math.ceil((start + length - first) / PAGE_SIZE) }, (_, k) => first + k * PAGE_SIZE);
}

// The bytes from an address to the end of its page.
function accessible(mm: MmStruct, address: number, write: boolean): Uint8Array {
  if (!faultIn(mm, address - (address % PAGE_SIZE), write)) BUG(`the process dies of its access to ${address}`);
  return physicalBytes(pte_pfn(pte_offset(mm, address)) << PAGE_SHIFT, PAGE_SIZE).subarray(address % PAGE_SIZE);
}

function faultIn(mm: MmStruct, address: number, write: boolean): boolean {
  const pte = pte_offset(mm, address);
  if (pte_present(pte) && (!write || pte_write(pte))) return true;

  const vma = find_vma(mm, address);
  if (vma === null || (write && (vma.vm_flags & VM_WRITE) === 0)) return false;
  // A fault that slept may have been overtaken: the instruction is executed again.
  return do_user_addr_fault(vma, address, write ? FAULT_FLAG_WRITE : 0) && faultIn(mm, address, write);
}

// An allocation that failed while there are frames is tried again, as pagefault_out_of_memory() makes the process do.
function do_user_addr_fault(vma: VmAreaStruct, address: number, flags: number): boolean {
  down_read(vma.vm_mm.mmap_sem);
  const ret = handle_mm_fault(vma, address, flags);
  up_read(vma.vm_mm.mmap_sem);
  if ((ret & VM_FAULT_OOM) !== 0 && nr_free_pages() > 0) return do_user_addr_fault(vma, address, flags);
  return (ret & VM_FAULT_ERROR) === 0;
}
