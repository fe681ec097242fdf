/**
 * Stands for the part of fs/ext2/inode.c and balloc.c that knows where the blocks of a file are.
 *
 * Modelled: blocks that lie anywhere or are missing, and are made when they are asked for.
 * Left out: metadata on the disk, several levels of indirection (every 16 blocks stand for one indirect block).
 */

import { BH_Boundary, BH_New, type BufferHead, map_bh } from "../../include/linux/buffer_head.ts";
import { ENOSPC } from "../../include/linux/errno.ts";
import type { Inode, SuperBlock } from "../../include/linux/fs.ts";

const BLOCKS_PER_INDIRECT = 16;

/** What ext2 knows of a file system. */
export interface Ext2SbInfo {
  /** Handed out from the front, so their order decides how scattered files are. */
  readonly freeBlocks: number[];
}

/** What ext2 knows of a file. */
export interface Ext2InodeInfo {
  /** Block of the device for each block of the file that has one. */
  readonly i_data: Map<number, number>;
}

/** ext2_get_block() - where the blocks of a file are; a missing one is made if @create */
export function ext2_get_block(inode: Inode, iblock: number, bh: BufferHead, create: boolean): number {
  const maxblocks = Math.min(bh.b_size >> inode.i_blkbits, BLOCKS_PER_INDIRECT - (iblock % BLOCKS_PER_INDIRECT));
  const { i_data } = EXT2_I(inode);
  if (!i_data.has(iblock)) {
    if (!create) return 0;
    if (!ext2_alloc_branch(inode, iblock, maxblocks)) return -ENOSPC;
    bh.b_state |= BH_New;
  }
  const first = i_data.get(iblock) ?? 0;
  const count = contiguous_blocks(i_data, iblock, maxblocks);
  map_bh(bh, inode.i_sb.s_bdev, first);
  bh.b_size = count << inode.i_blkbits;
  if ((iblock + count) % BLOCKS_PER_INDIRECT === 0) bh.b_state |= BH_Boundary;
  return 0;
}

// New blocks from @iblock on, as far as they come out contiguous, up to one that exists; false when none is free.
function ext2_alloc_branch(inode: Inode, iblock: number, maxblocks: number): boolean {
  const { freeBlocks } = EXT2_SB(inode.i_sb);
  const { i_data } = EXT2_I(inode);
  const first = freeBlocks[0];
  if (first === undefined) return false;

  for (let k = 0; k < maxblocks && freeBlocks[0] === first + k && !i_data.has(iblock + k); k++) {
    i_data.set(iblock + k, first + k);
    freeBlocks.shift();
  }
  return true;
}

function contiguous_blocks(i_data: ReadonlyMap<number, number>, iblock: number, maxblocks: number): number {
  const first = i_data.get(iblock) ?? 0;
  let count = 1;
  while (count < maxblocks && i_data.get(iblock + count) === first + count) count++;
  return count;
}

/** ext2_truncate_blocks() - free the blocks beyond the end of the file */
export function ext2_truncate_blocks(inode: Inode): void {
  const { i_data } = EXT2_I(inode);
  const kept = Math.ceil(inode.i_size / (1 << inode.i_blkbits));
  for (const [iblock, block] of [...i_data]) {
    if (iblock < kept) continue;

    i_data.delete(iblock);
    EXT2_SB(inode.i_sb).freeBlocks.push(block);
  }
}

/** EXT2_I() - what ext2 knows of a file */
export function EXT2_I(inode: Inode): Ext2InodeInfo {
  return inode.i_private as Ext2InodeInfo;
}

function EXT2_SB(sb: SuperBlock): Ext2SbInfo {
  return sb.s_fs_info as Ext2SbInfo;
}
