/**
 * Stands for arch/x86/lib/usercopy_64.c and include/linux/uaccess.h.
 *
 * Modelled: copies between the kernel and the memory of the current process, which may fault and may end early.
 * Left out: checks of the address range, the exception table: a fault that cannot be served ends the copy.
 */

import { physicalBytes } from "../../hardware/memory.ts";
import { FAULT_FLAG_WRITE, PAGE_SHIFT, PAGE_SIZE, VM_FAULT_ERROR, VM_READ, VM_WRITE } from "../../include/linux/mm.ts";
import type { MmStruct } from "../../include/linux/mm_types.ts";
import { down_read, up_read } from "../../kernel/locking/rwsem.ts";
import { current } from "../../kernel/sched/core.ts";
import { handle_mm_fault } from "../../mm/memory.ts";
import { find_vma } from "../../mm/mmap.ts";
import { pte_offset, pte_pfn, pte_present, pte_write } from "./pgtable.ts";

/** copy_to_user() - put @from into the current process's memory; returns how many bytes could not be copied */
export function copy_to_user(to: number, from: Uint8Array): number {
  for (let done = 0; done < from.length; ) {
    const target = accessible(current().mm, to + done, true);
    if (target === null) return from.length - done;

    const chunk = from.subarray(done, done + target.length);
    target.set(chunk);
    done += chunk.length;
  }
  return 0;
}

/** copy_from_user() - fill @to from the current process's memory; returns how many bytes could not be copied */
export function copy_from_user(to: Uint8Array, from: number): number {
  for (let done = 0; done < to.length; ) {
    const source = accessible(current().mm, from + done, false);
    if (source === null) return to.length - done;

    const chunk = source.subarray(0, to.length - done);
    to.set(chunk, done);
    done += chunk.length;
  }
  return 0;
}

// The bytes from an address to the end of its page, null where the process may not go.
function accessible(mm: MmStruct, address: number, write: boolean): Uint8Array | null {
  const vma = find_vma(mm, address);
  if (vma === null || (vma.vm_flags & (write ? VM_WRITE : VM_READ)) === 0) return null;

  const pte = pte_offset(mm, address);
  if (!pte_present(pte) || (write && !pte_write(pte))) {
    down_read(mm.mmap_sem);
    const ret = handle_mm_fault(vma, address - (address % PAGE_SIZE), write ? FAULT_FLAG_WRITE : 0);
    up_read(mm.mmap_sem);
    return (ret & VM_FAULT_ERROR) === 0 ? accessible(mm, address, write) : null;
  }
  return physicalBytes(pte_pfn(pte_offset(mm, address)) << PAGE_SHIFT, PAGE_SIZE).subarray(address % PAGE_SIZE);
}
