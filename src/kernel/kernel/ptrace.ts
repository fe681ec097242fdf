/**
 * Stands for kernel/ptrace.c, and __access_remote_vm() of mm/memory.c.
 *
 * Modelled: a debugger that reads or writes another process's memory page by page, whatever its protection.
 * Left out: permission checks, device memory.
 */

import { page_address } from "../include/asm-generic/memory_model.ts";
import { FOLL_FORCE, FOLL_WRITE, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { get_user_pages_remote } from "../mm/gup.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";
import { down_read, up_read } from "./locking/rwsem.ts";
import type { TaskStruct } from "./sched/core.ts";

/** ptrace_access_vm() - write @bytes into another process; returns how many could be written */
export function ptrace_access_vm(tsk: TaskStruct, address: number, bytes: Uint8Array): number {
  const { mmap_sem } = tsk.mm;
  down_read(mmap_sem);
  const written = __access_remote_vm(tsk, address, bytes);
  up_read(mmap_sem);
  return written;
}

function __access_remote_vm(tsk: TaskStruct, address: number, bytes: Uint8Array): number {
  let done = 0;
  while (done < bytes.length) {
    const offset = (address + done) % PAGE_SIZE;
    const pages: Page[] = [];
    get_user_pages_remote(tsk, tsk.mm, address + done - offset, 1, FOLL_WRITE | FOLL_FORCE, pages, null);
    const page = pages[0];
    if (page === undefined) break;

    const chunk = bytes.subarray(done, done + PAGE_SIZE - offset);
    page_address(page).set(chunk, offset);
    set_page_dirty_lock(page);
    put_page(page);
    done += chunk.length;
  }
  return done;
}
