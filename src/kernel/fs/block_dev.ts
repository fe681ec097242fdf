/**
 * Stands for fs/block_dev.c.
 *
 * Modelled: a block device opened as a file, O_DIRECT, every block of it in its place.
 * Left out: 4.19's own __blkdev_direct_IO(). In 4.19 a block device no longer takes the classic path, files of ext2
 * and others do; the model keeps the plain blkdev_get_block() mapping as the simplest file under the classic path.
 */

import type { BlockDevice } from "../include/linux/blk_types.ts";
import { type BufferHead, map_bh } from "../include/linux/buffer_head.ts";
import { ENOSPC } from "../include/linux/errno.ts";
import type { File, FileOperations, Inode, Kiocb } from "../include/linux/fs.ts";
import type { IovIter } from "../include/linux/uio.ts";
import { iov_iter_truncate } from "../lib/iov_iter.ts";
import { __blockdev_direct_IO } from "./direct-io.ts";
import { generic_file_direct_IO } from "./read_write.ts";

const def_blk_fops: FileOperations = { read_iter: blkdev_read_iter, write_iter: blkdev_write_iter };

/** blkdev_open() - the device as a file of 512-byte blocks */
export function blkdev_open(bdev: BlockDevice): File {
  const f_inode: Inode = {
    i_sb: { s_bdev: bdev, s_dio_done_wq: null, s_fs_info: null },
    i_size: bdev.bd_disk.capacity * 512,
    i_blkbits: 9,
    direct_IO: blkdev_direct_IO,
    i_dio_count: 0,
    synced: 0,
    i_private: null,
  };
  return { f_op: def_blk_fops, f_inode };
}

function blkdev_direct_IO(iocb: Kiocb, iter: IovIter): number {
  const inode = iocb.ki_filp.f_inode;
  return __blockdev_direct_IO(iocb, inode, inode.i_sb.s_bdev, iter, blkdev_get_block, 0);
}

function blkdev_get_block(inode: Inode, iblock: number, bh: BufferHead): number {
  map_bh(bh, inode.i_sb.s_bdev, iblock);
  return 0;
}

function blkdev_read_iter(iocb: Kiocb, to: IovIter): number {
  const { i_size } = iocb.ki_filp.f_inode;
  if (iocb.ki_pos >= i_size) return 0;

  iov_iter_truncate(to, i_size - iocb.ki_pos);
  return generic_file_direct_IO(iocb, to);
}

function blkdev_write_iter(iocb: Kiocb, from: IovIter): number {
  const { i_size } = iocb.ki_filp.f_inode;
  if (iocb.ki_pos >= i_size) return -ENOSPC;

  iov_iter_truncate(from, i_size - iocb.ki_pos);
  return generic_file_direct_IO(iocb, from);
}
