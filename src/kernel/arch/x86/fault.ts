/**
 * Stands for arch/x86/mm/fault.c and the memory instructions of the CPU.
 *
 * Modelled: a user process that reads and writes its own memory, with the page faults this takes.
 * Left out: signals: an access that a real process would die of stops the model.
 */

import { physicalBytes } from "../../hardware/memory.ts";
import { BUG } from "../../include/asm-generic/bug.ts";
import { FAULT_FLAG_WRITE, PAGE_SHIFT, PAGE_SIZE, VM_FAULT_ERROR } from "../../include/linux/mm.ts";
import type { MmStruct } from "../../include/linux/mm_types.ts";
import { handle_mm_fault } from "../../mm/memory.ts";
import { find_vma } from "../../mm/mmap.ts";
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

// The bytes from an address to the end of its page.
function accessible(mm: MmStruct, address: number, write: boolean): Uint8Array {
  const pte = pte_offset(mm, address);
  if (!pte_present(pte) || (write && !pte_write(pte))) do_user_addr_fault(mm, address, write);
  return physicalBytes(pte_pfn(pte_offset(mm, address)) << PAGE_SHIFT, PAGE_SIZE).subarray(address % PAGE_SIZE);
}

function do_user_addr_fault(mm: MmStruct, address: number, write: boolean): void {
  const vma = find_vma(mm, address) ?? BUG(`segmentation fault at ${address}`);
  const ret = handle_mm_fault(vma, address - (address % PAGE_SIZE), write ? FAULT_FLAG_WRITE : 0);
  if ((ret & VM_FAULT_ERROR) !== 0) BUG(`the process dies of its access to ${address}`);
}
