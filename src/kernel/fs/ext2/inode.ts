/**
 * Stands for fs/ext2/inode.c, super.c and file.c.
 *
 * Modelled: a file opened O_DIRECT, whose blocks may lie anywhere or be missing; blocks are allocated by writes beyond
 * its end. Where the blocks are is in blocks.ts, buffered IO in buffered.ts.
 * Left out: that direct IO writes back and forgets the cached pages in its way.
 */

import type { BlockDevice } from "../../include/linux/blk_types.ts";
import {
  address_space_init_once,
  DIO_SKIP_HOLES,
  type File,
  type FileOperations,
  type Inode,
  i_size_write,
  type Kiocb,
  type SuperBlock,
} from "../../include/linux/fs.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { type IovIter, WRITE } from "../../include/linux/uio.ts";
import { truncate_setsize } from "../../mm/truncate.ts";
import { __blockdev_direct_IO } from "../direct-io.ts";
import { generic_file_direct_IO } from "../read_write.ts";
import { EXT2_I, type Ext2InodeInfo, type Ext2SbInfo, ext2_get_block, ext2_truncate_blocks } from "./blocks.ts";

const ext2_file_operations: FileOperations = { read_iter: generic_file_direct_IO, write_iter: ext2_file_write_iter };

/** ext2_fill_super() - an empty file system whose blocks are used in the given order */
export function ext2_fill_super(bdev: BlockDevice, freeBlocks: readonly number[]): SuperBlock {
  const s_fs_info: Ext2SbInfo = { freeBlocks: [...freeBlocks] };
  return { s_bdev: bdev, s_dio_done_wq: null, s_fs_info };
}

/** ext2_create() - an empty file with blocks of 1 << @blkbits bytes */
export function ext2_create(sb: SuperBlock, blkbits: number): File {
  const i_private: Ext2InodeInfo = { i_data: new Map() };
  const i_mapping = address_space_init_once(0);
  const f_inode: Inode = {
    i_sb: sb,
    i_size: 0,
    i_blkbits: blkbits,
    i_mapping,
    direct_IO: ext2_direct_IO,
    i_dio_count: 0,
    synced: 0,
    i_private,
  };
  i_mapping.host = f_inode;
  return { f_op: ext2_file_operations, f_inode };
}

/** ext2_populate() - what mkfs does for a file it is given: the file has blocks from the start, in the given order */
export function ext2_populate(inode: Inode, blocks: readonly number[]): void {
  for (const [iblock, block] of blocks.entries()) EXT2_I(inode).i_data.set(iblock, block);
  i_size_write(inode, blocks.length << inode.i_blkbits);
}

/** ext2_setsize() - move the end of the file; blocks beyond it are freed, none are allocated */
export function ext2_setsize(inode: Inode, newsize: number): void {
  i_size_write(inode, newsize);
  truncate_setsize(inode.i_mapping, Math.ceil(newsize / PAGE_SIZE));
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
  if (written > 0) i_size_write(inode, Math.max(inode.i_size, iocb.ki_pos));
  return written;
}
