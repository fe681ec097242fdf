/**
 * Stands for include/linux/buffer_head.h.
 *
 * Modelled: where a piece of a file or device is on the disk: as the answer of get_block(), without a page, and as the
 * buffer that caches one block in a page.
 * Left out: the ring of a page's buffers (they are an array), delayed and unwritten blocks.
 */

import type { BlockDevice } from "./blk_types.ts";
import type { Page } from "./mm_types.ts";

/** The buffer holds what the disk holds, or newer. */
export const BH_Uptodate = 1 << 0;
/** The buffer holds something newer than the disk. */
export const BH_Dirty = 1 << 1;
/** The device works on it. */
export const BH_Lock = 1 << 2;
/** There is a block on the disk. */
export const BH_Mapped = 1 << 3;
/** The block was allocated just now, its old contents are not the file's. */
export const BH_New = 1 << 4;
/** The page's IO is over when this and the other such buffers of the page are done. */
export const BH_Async = 1 << 5;
/** Metadata follows the last of these blocks: send the IO before asking for more. */
export const BH_Boundary = 1 << 6;

/** Where @b_size bytes are on the disk, and in which page, if in any. */
export interface BufferHead {
  b_state: number;
  /** In blocks of the file system, or of b_size bytes if there is a page. */
  b_blocknr: number;
  /** In bytes: asked for on entry of get_block(), found on return; for a buffer the size of a block. */
  b_size: number;
  b_bdev: BlockDevice;
  readonly b_page: Page | null;
  /** Where in the page; C has the address, b_data. */
  readonly b_offset: number;
  b_end_io: ((bh: BufferHead, uptodate: boolean) => void) | null;
  b_count: number;
}

/** zeroed_buffer_head() - one for get_block() to fill in, on the stack in C */
export function zeroed_buffer_head(b_bdev: BlockDevice): BufferHead {
  return { b_state: 0, b_blocknr: 0, b_size: 0, b_bdev, b_page: null, b_offset: 0, b_end_io: null, b_count: 0 };
}

/** map_bh() - answer that the blocks start at @block */
export function map_bh(bh: BufferHead, bdev: BlockDevice, block: number): void {
  bh.b_state |= BH_Mapped;
  bh.b_bdev = bdev;
  bh.b_blocknr = block;
}

/** buffer_mapped() - is there a block on the disk */
export function buffer_mapped(bh: BufferHead): boolean {
  return (bh.b_state & BH_Mapped) !== 0;
}

/** buffer_new() - were the blocks allocated just now */
export function buffer_new(bh: BufferHead): boolean {
  return (bh.b_state & BH_New) !== 0;
}

/** buffer_boundary() - should the IO be sent after these blocks */
export function buffer_boundary(bh: BufferHead): boolean {
  return (bh.b_state & BH_Boundary) !== 0;
}

/** buffer_uptodate() - does it hold what the disk holds, or newer */
export function buffer_uptodate(bh: BufferHead): boolean {
  return (bh.b_state & BH_Uptodate) !== 0;
}

/** buffer_locked() - does the device work on it */
export function buffer_locked(bh: BufferHead): boolean {
  return (bh.b_state & BH_Lock) !== 0;
}
