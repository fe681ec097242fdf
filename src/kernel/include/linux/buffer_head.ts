/**
 * Stands for include/linux/buffer_head.h.
 *
 * Modelled: what get_block() answers: where some blocks of a file are, and whether they are new.
 * Left out: buffered data, which the name comes from.
 */

import type { BlockDevice } from "./blk_types.ts";

/** There is a block on the disk. */
export const BH_Mapped = 1 << 0;
/** The block was allocated just now, its old contents are not the file's. */
export const BH_New = 1 << 1;
/** Metadata follows the last of these blocks: send the IO before asking for more. */
export const BH_Boundary = 1 << 2;

/** Where @b_size bytes of a file are. */
export interface BufferHead {
  b_state: number;
  /** In blocks of the file system. */
  b_blocknr: number;
  /** In bytes: asked for on entry, found on return. */
  b_size: number;
  b_bdev: BlockDevice;
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
