/**
 * Stands for fs/buffer.c.
 *
 * Proves: nothing; it is of the control group. A buffer head describes one block in a cached page; its IO is a bio with
 * one piece, whose bi_private is the buffer. The buffers of a page hold a reference to it together, not one for each IO.
 * Hops: submit_bh(): bio_add_page(bh.b_page) -> bio.bi_io_vec[].bv_page -> end_bio_bh_io_sync() -> bh.b_end_io().
 * The way back to the page is bh.b_page: nobody looks at bv_page again.
 * Left out: buffers that are dirty one by one in a file's page (a dirty page writes all of its mapped ones), barriers,
 * the lookup cache of buffers.
 */

import { bio_add_page, bio_alloc, bio_put, bio_set_dev } from "../block/bio.ts";
import { submit_bio } from "../block/blk-core.ts";
import { BUG, BUG_ON } from "../include/asm-generic/bug.ts";
import { type Bio, BLK_STS_OK, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import {
  BH_Async,
  BH_Lock,
  BH_Uptodate,
  type BufferHead,
  buffer_locked,
  buffer_mapped,
  buffer_uptodate,
} from "../include/linux/buffer_head.ts";
import { EIO } from "../include/linux/errno.ts";
import { type GetBlock, i_size_read, page_host } from "../include/linux/fs.ts";
import { zero_user } from "../include/linux/highmem.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { PageError, SetPageError, SetPageUptodate } from "../include/linux/page-flags.ts";
import { end_page_writeback, set_page_writeback, unlock_page } from "../mm/page-writeback.ts";
import { create_empty_buffers, page_buffers } from "./buffer-pages.ts";

/** submit_bh() - start the IO of one locked buffer; b_end_io is told of its end */
export function submit_bh(op: number, bh: BufferHead): void {
  BUG_ON(!buffer_locked(bh), "submit_bh() on a buffer that is not locked");
  const page = bh.b_page ?? BUG("submit_bh() on a buffer without a page");
  const bio = bio_alloc(1);
  bio_set_dev(bio, bh.b_bdev);
  bio.bi_iter.bi_sector = bh.b_blocknr * (bh.b_size >> 9);
  bio_add_page(bio, page, bh.b_size, bh.b_offset);
  bio.bi_opf = op;
  bio.bi_end_io = end_bio_bh_io_sync;
  bio.bi_private = bh;
  submit_bio(bio);
}

/** block_read_full_page() - read a locked page block by block; holes become zeros */
export function block_read_full_page(page: Page, get_block: GetBlock): void {
  const buffers = create_empty_buffers(page, page_host(page).i_blkbits);
  map_buffers(page, buffers, get_block, false);
  const toRead = buffers.filter((bh) => buffer_mapped(bh) && !buffer_uptodate(bh));
  for (const bh of buffers.filter((bh) => !buffer_mapped(bh))) zero_user(page, bh.b_offset, bh.b_size);
  if (toRead.length === 0) {
    if (!PageError(page)) SetPageUptodate(page);
    unlock_page(page);
    return;
  }
  for (const bh of toRead) mark_buffer_async(bh, end_buffer_async_read);
  for (const bh of toRead) submit_bh(REQ_OP_READ, bh);
}

/** block_write_full_page() - write a locked page block by block, as far as the file goes; unlocks it */
export function block_write_full_page(page: Page, get_block: GetBlock): void {
  const buffers = create_empty_buffers(page, page_host(page).i_blkbits);
  zero_beyond_end(page);
  const failed = map_buffers(page, buffers, get_block, true);
  if (failed !== 0 && page.mapping !== null) page.mapping.wb_err = failed;
  const toWrite = buffers.filter(buffer_mapped);
  for (const bh of toWrite) mark_buffer_async(bh, end_buffer_async_write);
  if (toWrite.length > 0) set_page_writeback(page);
  unlock_page(page);
  for (const bh of toWrite) submit_bh(REQ_OP_WRITE, bh);
}

/** zero_beyond_end() - what lies beyond the end of the file must not reach the disk: a mapping may have written there */
export function zero_beyond_end(page: Page): void {
  const length = i_size_read(page_host(page)) - (page.index << PAGE_SHIFT);
  if (length >= 0 && length < PAGE_SIZE) zero_user(page, length, PAGE_SIZE - length);
}

// Blocks beyond the end of the file stay without a place on the disk. Returns the first error.
function map_buffers(page: Page, buffers: readonly BufferHead[], get_block: GetBlock, create: boolean): number {
  const inode = page_host(page);
  const first = page.index << (PAGE_SHIFT - inode.i_blkbits);
  const end = Math.ceil(i_size_read(inode) / (1 << inode.i_blkbits));
  let error = 0;
  for (const [index, bh] of buffers.entries()) {
    if (buffer_mapped(bh) || first + index >= end) continue;

    bh.b_size = PAGE_SIZE / buffers.length;
    const ret = get_block(inode, first + index, bh, create);
    bh.b_size = PAGE_SIZE / buffers.length;
    if (error === 0) error = ret;
  }
  return error;
}

function mark_buffer_async(bh: BufferHead, b_end_io: (bh: BufferHead, uptodate: boolean) => void): void {
  bh.b_state |= BH_Lock | BH_Async;
  bh.b_end_io = b_end_io;
}

function end_bio_bh_io_sync(bio: Bio): void {
  const bh = bio.bi_private as BufferHead;
  bh.b_end_io?.(bh, bio.bi_status === BLK_STS_OK);
  bio_put(bio);
}

function end_buffer_async_read(bh: BufferHead, uptodate: boolean): void {
  const page = end_buffer_async(bh, uptodate);
  if (page === null) return;

  if (!PageError(page)) SetPageUptodate(page);
  unlock_page(page);
}

function end_buffer_async_write(bh: BufferHead, uptodate: boolean): void {
  const { mapping } = bh.b_page ?? BUG("a buffer without a page");
  if (!uptodate && mapping !== null) mapping.wb_err = -EIO;
  const page = end_buffer_async(bh, uptodate);
  if (page !== null) end_page_writeback(page);
}

// The page, if this was the last of its buffers that it waited for.
function end_buffer_async(bh: BufferHead, uptodate: boolean): Page | null {
  const page = bh.b_page ?? BUG("a buffer without a page");
  bh.b_state &= ~(BH_Lock | BH_Async);
  if (uptodate) bh.b_state |= BH_Uptodate;
  else SetPageError(page);
  return page_buffers(page).some((other) => (other.b_state & BH_Async) !== 0) ? null : page;
}
