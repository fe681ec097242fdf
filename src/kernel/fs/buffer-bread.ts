/**
 * Stands for the part of fs/buffer.c that reads and writes single blocks of a device, as metadata needs it.
 *
 * Modelled: __bread(), brelse(), mark_buffer_dirty(), sync_dirty_buffer(): buffers in the device's own page cache.
 * Left out: that IO of two buffers of one page may overlap with the page's own.
 */

import { BUG, BUG_ON } from "../include/asm-generic/bug.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import {
  BH_Dirty,
  BH_Lock,
  BH_Mapped,
  BH_Uptodate,
  type BufferHead,
  buffer_locked,
  buffer_uptodate,
} from "../include/linux/buffer_head.ts";
import { EIO } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { AddressSpace } from "../include/linux/mm_types.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { find_or_create_page } from "../mm/filemap.ts";
import { put_page } from "../mm/swap.ts";
import { submit_bh } from "./buffer.ts";
import { create_empty_buffers } from "./buffer-pages.ts";

// One queue for all buffers, where C has a hash table: who is woken looks again.
const buffer_waiters: TaskStruct[] = [];

/** __bread() - a block of a device, read if it is not cached; null when there is no memory or the read failed */
export function __bread(mapping: AddressSpace, block: number, size: number): BufferHead | null {
  const bh = __getblk(mapping, block, size);
  if (bh === null || buffer_uptodate(bh)) return bh;

  lock_buffer(bh);
  if (!buffer_uptodate(bh)) start_sync_io(bh, REQ_OP_READ);
  else unlock_buffer(bh);
  wait_on_buffer(bh);
  if (buffer_uptodate(bh)) return bh;

  brelse(bh);
  return null;
}

/** brelse() - the caller is done with a buffer */
export function brelse(bh: BufferHead): void {
  BUG_ON(bh.b_count === 0, "brelse() on a buffer that nobody uses");
  bh.b_count--;
}

/** buffer_data() - the bytes of a buffer; b_data in C */
export function buffer_data(bh: BufferHead): Uint8Array {
  const page = bh.b_page ?? BUG("a buffer without a page");
  return page_address(page).subarray(bh.b_offset, bh.b_offset + bh.b_size);
}

/** mark_buffer_dirty() - the disk must hear of the buffer's contents */
export function mark_buffer_dirty(bh: BufferHead): void {
  bh.b_state |= BH_Dirty;
}

/** sync_dirty_buffer() - write a dirty buffer and wait; returns 0 or a negative errno */
export function sync_dirty_buffer(bh: BufferHead): number {
  lock_buffer(bh);
  if ((bh.b_state & BH_Dirty) === 0) {
    unlock_buffer(bh);
    return 0;
  }
  bh.b_state &= ~BH_Dirty;
  start_sync_io(bh, REQ_OP_WRITE);
  wait_on_buffer(bh);
  return buffer_uptodate(bh) ? 0 : -EIO;
}

function __getblk(mapping: AddressSpace, block: number, size: number): BufferHead | null {
  const perPage = PAGE_SIZE / size;
  const page = find_or_create_page(mapping, Math.floor(block / perPage));
  if (page === null) return null;

  const bh = create_empty_buffers(page, Math.log2(size))[block % perPage] ?? BUG("a page of another block size");
  put_page(page);
  bh.b_state |= BH_Mapped;
  bh.b_blocknr = block;
  bh.b_count++;
  return bh;
}

function start_sync_io(bh: BufferHead, op: number): void {
  bh.b_end_io = end_buffer_sync;
  // Nobody may wait for the buffer while its bio waits to be sent.
  lock_acquire();
  submit_bh(op, bh);
  lock_release();
}

function end_buffer_sync(bh: BufferHead, uptodate: boolean): void {
  bh.b_state = uptodate ? bh.b_state | BH_Uptodate : bh.b_state & ~BH_Uptodate;
  unlock_buffer(bh);
}

function lock_buffer(bh: BufferHead): void {
  wait_on_buffer(bh);
  bh.b_state |= BH_Lock;
}

function unlock_buffer(bh: BufferHead): void {
  bh.b_state &= ~BH_Lock;
  for (const waiter of buffer_waiters.splice(0)) wake_up_process(waiter);
}

function wait_on_buffer(bh: BufferHead): void {
  while (buffer_locked(bh)) {
    buffer_waiters.push(current());
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  }
}
