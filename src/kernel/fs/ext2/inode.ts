/**
 * Stands for fs/ext2/inode.c, balloc.c and file.c.
 *
 * Modelled: a file whose blocks may lie anywhere or be missing; blocks are allocated by writes beyond its end.
 * Left out: metadata on the disk, several levels of indirection (every 16 blocks stand for one indirect block),
 * buffered IO, which would fill holes.
 */

import type { BlockDevice } from "../../include/linux/blk_types.ts";
import { BH_Boundary, BH_New, type BufferHead, map_bh } from "../../include/linux/buffer_head.ts";
import { ENOSPC } from "../../include/linux/errno.ts";
import {
  DIO_SKIP_HOLES,
  type File,
  type FileOperations,
  type Inode,
  type Kiocb,
  type SuperBlock,
} from "../../include/linux/fs.ts";
import { type IovIter, WRITE } from "../../include/linux/uio.ts";
import { __blockdev_direct_IO } from "../direct-io.ts";
import { generic_file_direct_IO } from "../read_write.ts";

const BLOCKS_PER_INDIRECT = 16;
const ext2_file_operations: FileOperations = { read_iter: generic_file_direct_IO, write_iter: ext2_file_write_iter };

interface Ext2SbInfo {
  /** Handed out from the front, so their order decides how scattered files are. */
  readonly freeBlocks: number[];
}

interface Ext2InodeInfo {
  /** Block of the device for each block of the file that has one. */
  readonly i_data: Map<number, number>;
}

/** ext2_fill_super() - an empty file system whose blocks are used in the given order */
export function ext2_fill_super(bdev: BlockDevice, freeBlocks: readonly number[]): SuperBlock {
  const s_fs_info: Ext2SbInfo = { freeBlocks: [...freeBlocks] };
  return { s_bdev: bdev, s_dio_done_wq: null, s_fs_info };
}

/** ext2_create() - an empty file with blocks of 1 << @blkbits bytes */
export function ext2_create(sb: SuperBlock, blkbits: number): File {
  const i_private: Ext2InodeInfo = { i_data: new Map() };
  const f_inode: Inode = {
    i_sb: sb,
    i_size: 0,
    i_blkbits: blkbits,
    direct_IO: ext2_direct_IO,
    i_dio_count: 0,
    synced: 0,
    i_private,
  };
  return { f_op: ext2_file_operations, f_inode };
}

/** ext2_populate() - what mkfs does for a file it is given: the file has blocks from the start, in the given order */
export function ext2_populate(inode: Inode, blocks: readonly number[]): void {
  for (const [iblock, block] of blocks.entries()) EXT2_I(inode).i_data.set(iblock, block);
  inode.i_size = blocks.length << inode.i_blkbits;
}

/** ext2_setsize() - move the end of the file; blocks beyond it are freed, none are allocated */
export function ext2_setsize(inode: Inode, newsize: number): void {
  inode.i_size = newsize;
  ext2_truncate_blocks(inode);
}

function ext2_direct_IO(iocb: Kiocb, iter: IovIter): number {
  const inode = iocb.ki_filp.f_inode;
  const ret = __blockdev_direct_IO(iocb, inode, inode.i_sb.s_bdev, iter, ext2_get_block, DIO_SKIP_HOLES);
  if (ret < 0 && iter.direction === WRITE) ext2_truncate_blocks(inode);
  return ret;
}

function ext2_file_write_iter(iocb: Kiocb, from: IovIter): number {
  const inode = iocb.ki_filp.f_inode;
  const written = generic_file_direct_IO(iocb, from);
  if (written > 0) inode.i_size = Math.max(inode.i_size, iocb.ki_pos);
  return written;
}

function ext2_get_block(inode: Inode, iblock: number, bh: BufferHead, create: boolean): number {
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

function ext2_truncate_blocks(inode: Inode): void {
  const { i_data } = EXT2_I(inode);
  const kept = Math.ceil(inode.i_size / (1 << inode.i_blkbits));
  for (const [iblock, block] of [...i_data]) {
    if (iblock < kept) continue;

    i_data.delete(iblock);
    EXT2_SB(inode.i_sb).freeBlocks.push(block);
  }
}

function EXT2_I(inode: Inode): Ext2InodeInfo {
  return inode.i_private as Ext2InodeInfo;
}

function EXT2_SB(sb: SuperBlock): Ext2SbInfo {
  return sb.s_fs_info as Ext2SbInfo;
}
