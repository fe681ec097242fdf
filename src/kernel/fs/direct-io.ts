/**
 * Stands for fs/direct-io.c: classic direct IO, as ext2 and others use it in Linux 4.19.
 *
 * Proves: what is in flight does not hold the pin: a distinct type needs a way to duplicate it; the zero page and an error
 * stand in the page's place.
 * Hops: dio_refill_pages() -> Dio.pages -> dio_get_page() -> DioSubmit.cur_page (+1) -> bio.bi_io_vec[].bv_page (+1) ->
 * dio_bio_complete(): put_page(); dio_cleanup() for the rest.
 *
 * Modelled: the walk over the pages of a buffer and the blocks of a file; holes; zeros around a piece of a new block.
 * The rest of the file is in direct-io-types.ts, direct-io-pages.ts, direct-io-submit.ts and direct-io-complete.ts.
 * Left out: locking, page cache coherence, plugging.
 */

import { ZERO_PAGE } from "../arch/x86/pgtable.ts";
import { BUG_ON } from "../include/asm-generic/bug.ts";
import { type BlockDevice, bdev_logical_block_size, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import {
  type BufferHead,
  buffer_boundary,
  buffer_mapped,
  buffer_new,
  zeroed_buffer_head,
} from "../include/linux/buffer_head.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EINVAL, EIOCBQUEUED, ENOTBLK } from "../include/linux/errno.ts";
import {
  DIO_SKIP_HOLES,
  type GetBlock,
  type Inode,
  IOCB_DSYNC,
  i_size_read,
  inode_dio_begin,
  is_sync_kiocb,
  type Kiocb,
} from "../include/linux/fs.ts";
import { zero_user } from "../include/linux/highmem.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { type IovIter, READ, WRITE } from "../include/linux/uio.ts";
import { iov_iter_alignment, iov_iter_npages, iter_is_iovec } from "../lib/iov_iter.ts";
import { put_page } from "../mm/swap.ts";
import { dio_await_completion, dio_complete, drop_refcount, sb_init_dio_done_wq } from "./direct-io-complete.ts";
import { dio_cleanup, dio_get_page } from "./direct-io-pages.ts";
import { dio_bio_submit, dio_send_cur_page, submit_page_section } from "./direct-io-submit.ts";
import type { Dio, DioSubmit } from "./direct-io-types.ts";

/**
 * __blockdev_direct_IO() - read or write between an iterator's memory and the blocks of a file
 *
 * Returns the bytes transferred, -EIOCBQUEUED when ki_complete will report them, or another negative errno.
 */
export function __blockdev_direct_IO(
  iocb: Kiocb,
  inode: Inode,
  bdev: BlockDevice,
  iter: IovIter,
  get_block: GetBlock,
  flags: number,
): number {
  const blkbits = usable_blkbits(iocb.ki_pos | iov_iter_alignment(iter), inode, bdev);
  if (blkbits === null) return -EINVAL;
  if (iter.direction === READ && (iter.count === 0 || iocb.ki_pos >= i_size_read(inode))) return 0;

  return do_blockdev_direct_IO(
    dio_alloc(iocb, inode, iter, flags),
    dio_submit_init(iocb, inode, iter, get_block, blkbits),
    bdev,
  );
}

// Blocks of the file system if the request is aligned to them, else sectors, else nothing.
function usable_blkbits(align: number, inode: Inode, bdev: BlockDevice): number | null {
  if (align % (1 << inode.i_blkbits) === 0) return inode.i_blkbits;

  const sectorSize = bdev_logical_block_size(bdev);
  return align % sectorSize === 0 ? Math.log2(sectorSize) : null;
}

function dio_alloc(iocb: Kiocb, inode: Inode, iter: IovIter, flags: number): Dio {
  const extending = iter.direction === WRITE && iocb.ki_pos + iter.count > i_size_read(inode);
  const is_async = !is_sync_kiocb(iocb) && !extending;
  return {
    flags,
    op: iter.direction === WRITE ? REQ_OP_WRITE : REQ_OP_READ,
    inode,
    i_size: i_size_read(inode),
    iocb,
    is_async,
    should_dirty: iter_is_iovec(iter) && iter.direction === READ,
    defer_completion: is_async && iter.direction === WRITE && (iocb.ki_flags & IOCB_DSYNC) !== 0,
    page_errors: 0,
    io_error: 0,
    refcount: 1,
    bio_list: null,
    waiter: null,
    result: 0,
    u: { kind: "pages", pages: [] },
  };
}

function dio_submit_init(iocb: Kiocb, inode: Inode, iter: IovIter, get_block: GetBlock, blkbits: number): DioSubmit {
  const blkfactor = inode.i_blkbits - blkbits;
  return {
    iter,
    get_block,
    bio: null,
    blkbits,
    blkfactor,
    start_zero_done: false,
    // Zeros may be needed before and after the data.
    pages_in_io: iov_iter_npages(iter, Number.MAX_SAFE_INTEGER) + (blkfactor > 0 ? 2 : 0),
    block_in_file: iocb.ki_pos >> blkbits,
    final_block_in_request: (iocb.ki_pos + iter.count) >> blkbits,
    blocks_available: 0,
    next_block_for_io: -1,
    boundary: false,
    reap_counter: 0,
    final_block_in_bio: -1,
    logical_offset_in_bio: 0,
    cur_page: null,
    cur_page_offset: 0,
    cur_page_len: 0,
    cur_page_block: 0,
    cur_page_fs_offset: 0,
    from: 0,
    to: 0,
    head: 0,
    tail: 0,
  };
}

function do_blockdev_direct_IO(dio: Dio, sdio: DioSubmit, bdev: BlockDevice): number {
  const requested = sdio.iter.count;
  const map_bh = zeroed_buffer_head(bdev);
  if (dio.is_async && dio.op === REQ_OP_WRITE) sb_init_dio_done_wq(dio.inode.i_sb);
  inode_dio_begin(dio.inode);
  const submitted = dio_submit_all(dio, sdio, map_bh);
  const complete = dio.op === REQ_OP_READ || dio.result === requested;
  if (dio.is_async && submitted === 0 && dio.result > 0 && complete) {
    // The bios may all have ended meanwhile; then nobody else completes the IO.
    if (drop_refcount(dio) > 0) return -EIOCBQUEUED;
    return dio_complete(dio, -EIOCBQUEUED, false);
  }
  dio_await_completion(dio);
  BUG_ON(drop_refcount(dio) !== 0, "a bio is in flight after all were awaited");
  return dio_complete(dio, submitted, false);
}

function dio_submit_all(dio: Dio, sdio: DioSubmit, map_bh: BufferHead): number {
  const ret = do_direct_IO(dio, sdio, map_bh);
  dio_zero_block(dio, sdio, true, map_bh);
  let ret2 = 0;
  if (sdio.cur_page !== null) {
    ret2 = dio_send_cur_page(dio, sdio, map_bh);
    put_page(sdio.cur_page);
    sdio.cur_page = null;
  }
  if (sdio.bio !== null) dio_bio_submit(dio, sdio);
  dio_cleanup(dio, sdio);
  // What lies in a hole is left to buffered IO.
  return (ret === -ENOTBLK ? 0 : ret) || ret2;
}

// One function, as in the kernel: whichever way a page's turn ends, the reference that get_user_pages() took ends here.
function do_direct_IO(dio: Dio, sdio: DioSubmit, map_bh: BufferHead): number {
  while (sdio.block_in_file < sdio.final_block_in_request) {
    const page = dio_get_page(dio, sdio);
    if (IS_ERR(page)) return PTR_ERR(page);

    const to = sdio.head === sdio.tail - 1 ? sdio.to : PAGE_SIZE;
    let from = sdio.head === 0 ? sdio.from : 0;
    sdio.head++;
    while (from < to && sdio.block_in_file < sdio.final_block_in_request) {
      const error = sdio.blocks_available === 0 ? get_more_blocks(dio, sdio, map_bh) : 0;
      if (error !== 0) {
        put_page(page);
        return error;
      }
      if (!buffer_mapped(map_bh)) {
        if (dio.op === REQ_OP_WRITE) {
          put_page(page);
          return -ENOTBLK;
        }
        if (at_end_of_file(dio, sdio)) {
          put_page(page);
          return 0;
        }
        zero_user(page, from, 1 << sdio.blkbits);
        from += dio_advance(dio, sdio, 1);
        continue;
      }
      if (!sdio.start_zero_done) dio_zero_block(dio, sdio, false, map_bh);

      const blocks = chunk_blocks(sdio, to - from, map_bh);
      const bytes = blocks << sdio.blkbits;
      const ret = submit_page_section(dio, sdio, page, from, bytes, sdio.next_block_for_io, map_bh);
      if (ret !== 0) {
        put_page(page);
        return ret;
      }
      sdio.next_block_for_io += blocks;
      sdio.blocks_available -= blocks;
      from += dio_advance(dio, sdio, blocks);
    }
    put_page(page);
  }
  return 0;
}

// How much disk can be put behind the next @bytes of a page.
function chunk_blocks(sdio: DioSubmit, bytes: number, map_bh: BufferHead): number {
  const wanted = Math.min(bytes >> sdio.blkbits, sdio.final_block_in_request - sdio.block_in_file);
  const blocks = Math.min(wanted, sdio.blocks_available);
  if (blocks === sdio.blocks_available) sdio.boundary = buffer_boundary(map_bh);
  return blocks;
}

function dio_advance(dio: Dio, sdio: DioSubmit, blocks: number): number {
  const bytes = blocks << sdio.blkbits;
  sdio.block_in_file += blocks;
  dio.result += bytes;
  return bytes;
}

function at_end_of_file(dio: Dio, sdio: DioSubmit): boolean {
  return sdio.block_in_file >= Math.ceil(i_size_read(dio.inode) / (1 << sdio.blkbits));
}

// Ask the file system for blocks; returns an errno. A memory error that was put off is reported here.
function get_more_blocks(dio: Dio, sdio: DioSubmit, map_bh: BufferHead): number {
  if (dio.page_errors !== 0) return dio.page_errors;

  const i_blkbits = sdio.blkbits + sdio.blkfactor;
  const fs_startblk = sdio.block_in_file >> sdio.blkfactor;
  const fs_endblk = (sdio.final_block_in_request - 1) >> sdio.blkfactor;
  map_bh.b_state = 0;
  map_bh.b_size = (fs_endblk - fs_startblk + 1) << i_blkbits;
  const inside = fs_startblk << i_blkbits < i_size_read(dio.inode);
  const create = dio.op === REQ_OP_WRITE && !((dio.flags & DIO_SKIP_HOLES) !== 0 && inside);
  const ret = sdio.get_block(dio.inode, fs_startblk, map_bh, create);
  if (ret === 0 && buffer_mapped(map_bh)) use_blocks(sdio, map_bh);
  return ret;
}

// If the IO starts inside a block, the blocks before it are skipped; a new block is zeroed there first.
function use_blocks(sdio: DioSubmit, map_bh: BufferHead): void {
  const remainder = sdio.block_in_file & ((1 << sdio.blkfactor) - 1);
  sdio.blocks_available = (map_bh.b_size >> sdio.blkbits) - remainder;
  sdio.next_block_for_io = map_bh.b_blocknr << sdio.blkfactor;
  if (!buffer_new(map_bh)) sdio.next_block_for_io += remainder;
}

// Write zeros to the part of a new block that this IO leaves out, before its data or, at the @end, after.
function dio_zero_block(dio: Dio, sdio: DioSubmit, end: boolean, map_bh: BufferHead): void {
  sdio.start_zero_done = true;
  if (sdio.blkfactor === 0 || !buffer_new(map_bh)) return;

  const dio_blocks_per_fs_block = 1 << sdio.blkfactor;
  const used = sdio.block_in_file & (dio_blocks_per_fs_block - 1);
  if (used === 0) return;

  const this_chunk_blocks = end ? dio_blocks_per_fs_block - used : used;
  const page = ZERO_PAGE(0);
  const bytes = this_chunk_blocks << sdio.blkbits;
  if (submit_page_section(dio, sdio, page, 0, bytes, sdio.next_block_for_io, map_bh) !== 0) return;

  sdio.next_block_for_io += this_chunk_blocks;
}
