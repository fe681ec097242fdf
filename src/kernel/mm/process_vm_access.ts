/**
 * Stands for mm/process_vm_access.c: process_vm_readv() and process_vm_writev().
 *
 * Proves: an array of pins that is filled and emptied in batches, passed as a parameter, and released as far as it was
 * filled: a partial pin shortens the batch.
 * Hops: process_vm_rw_core(): process_pages -> process_vm_rw_single_vec(process_pages): get_user_pages_remote() ->
 * process_vm_rw_pages(pages) -> put_page() for what was pinned.
 * Modelled: both directions, ranges on both sides, the size of a batch, errors on either side.
 * Left out: permission checks, flags (there are none), the array on the stack for few pages.
 */

import { EFAULT, EINVAL, ESRCH } from "../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SIZE } from "../include/linux/mm.ts";
import type { MmStruct, Page } from "../include/linux/mm_types.ts";
import { type Iovec, type IovecIter, READ, WRITE } from "../include/linux/uio.ts";
import { get_task_mm } from "../kernel/fork.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { find_task_by_vpid, type TaskStruct } from "../kernel/sched/core.ts";
import { copy_page_from_iter, copy_page_to_iter, import_iovec } from "../lib/iov_iter_copy.ts";
import { get_user_pages_remote } from "./gup.ts";
import { mmput } from "./mmap.ts";
import { set_page_dirty_lock } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

// PVM_MAX_KMALLOC_PAGES in bytes: two pages full of pointers.
const PVM_MAX_PAGES_PER_LOOP = (2 * PAGE_SIZE) / 8;

interface Remote {
  readonly task: TaskStruct;
  readonly mm: MmStruct;
  readonly vm_write: boolean;
}

/** process_vm_readv() - copy another process's memory into the current one's; returns bytes or a negative errno */
export function process_vm_readv(pid: number, lvec: readonly Iovec[], rvec: readonly Iovec[], flags: number): number {
  return process_vm_rw(pid, import_iovec(READ, lvec), rvec, flags, false);
}

/** process_vm_writev() - copy the current process's memory into another one's; returns bytes or a negative errno */
export function process_vm_writev(pid: number, lvec: readonly Iovec[], rvec: readonly Iovec[], flags: number): number {
  return process_vm_rw(pid, import_iovec(WRITE, lvec), rvec, flags, true);
}

function process_vm_rw(pid: number, iter: IovecIter, rvec: readonly Iovec[], flags: number, vm_write: boolean): number {
  if (flags !== 0) return -EINVAL;
  if (iter.count === 0 || rvec.every(({ iov_len }) => iov_len === 0)) return 0;

  const task = find_task_by_vpid(pid);
  const mm = task === null ? null : get_task_mm(task);
  if (task === null || mm === null) return -ESRCH;

  const ret = process_vm_rw_core({ task, mm, vm_write }, iter, rvec);
  mmput(mm);
  return ret;
}

function process_vm_rw_core(remote: Remote, iter: IovecIter, rvec: readonly Iovec[]): number {
  const total_len = iter.count;
  const process_pages: Page[] = [];
  let rc = 0;
  for (const { iov_base, iov_len } of rvec) {
    if (iter.count === 0 || rc !== 0) break;
    rc = process_vm_rw_single_vec(iov_base, iov_len, iter, process_pages, remote);
  }
  return total_len - iter.count || rc;
}

function process_vm_rw_single_vec(
  addr: number,
  len: number,
  iter: IovecIter,
  process_pages: Page[],
  { task, mm, vm_write }: Remote,
): number {
  const end = addr + len;
  let done = addr;
  let rc = 0;
  while (rc === 0 && done < end && iter.count > 0) {
    const start_offset = done % PAGE_SIZE;
    const pa = done - start_offset;
    const nr_pages = Math.min(Math.ceil((end - pa) / PAGE_SIZE), PVM_MAX_PAGES_PER_LOOP);
    down_read(mm.mmap_sem);
    const pinned = get_user_pages_remote(task, mm, pa, nr_pages, vm_write ? FOLL_WRITE : 0, process_pages, null);
    up_read(mm.mmap_sem);
    if (pinned <= 0) return -EFAULT;

    const bytes = Math.min(pinned * PAGE_SIZE - start_offset, end - done);
    rc = process_vm_rw_pages(process_pages, start_offset, bytes, iter, vm_write);
    done += bytes;
    for (const page of process_pages.splice(0, pinned)) put_page(page);
  }
  return rc;
}

function process_vm_rw_pages(
  pages: readonly Page[],
  start_offset: number,
  bytes: number,
  iter: IovecIter,
  vm_write: boolean,
): number {
  let offset = start_offset;
  let len = bytes;
  for (const page of pages) {
    if (len === 0 || iter.count === 0) return 0;

    const copy = Math.min(PAGE_SIZE - offset, len);
    const rw = vm_write ? copy_page_from_iter : copy_page_to_iter;
    const copied = rw(page, offset, copy, iter);
    if (vm_write) set_page_dirty_lock(page);
    if (copied < copy && iter.count > 0) return -EFAULT;

    len -= copied;
    offset = 0;
  }
  return 0;
}
