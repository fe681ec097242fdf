/**
 * Stands for fs/block_dev.c.
 *
 * Modelled: a block device opened as a file, O_DIRECT. Its direct IO is in block_dev-simple.ts and block_dev-dio.ts;
 * it is not the classic one of fs/direct-io.ts, which files of ext2 and others take in 4.19.
 * Left out: the device's own page cache, write barriers.
 */

import { BIO_MAX_PAGES, type BlockDevice, bdev_logical_block_size } from "../include/linux/blk_types.ts";
import { EINVAL, ENOSPC } from "../include/linux/errno.ts";
import {
  address_space_init_once,
  type File,
  type FileOperations,
  type Inode,
  is_sync_kiocb,
  type Kiocb,
} from "../include/linux/fs.ts";
import type { IovIter } from "../include/linux/uio.ts";
import { iov_iter_alignment, iov_iter_npages, iov_iter_truncate } from "../lib/iov_iter.ts";
import { __blkdev_direct_IO } from "./block_dev-dio.ts";
import { __blkdev_direct_IO_simple } from "./block_dev-simple.ts";
import { generic_file_direct_IO } from "./read_write.ts";
import { generic_write_sync } from "./sync.ts";

const def_blk_fops: FileOperations = { read_iter: blkdev_read_iter, write_iter: blkdev_write_iter };

/** blkdev_open() - the device as a file of 512-byte blocks */
export function blkdev_open(bdev: BlockDevice): File {
  const i_size = bdev.bd_disk.capacity * 512;
  const i_mapping = address_space_init_once(i_size);
  const f_inode: Inode = {
    i_sb: { s_bdev: bdev, s_dio_done_wq: null, s_fs_info: null },
    i_size,
    i_blkbits: 9,
    i_mapping,
    direct_IO: blkdev_direct_IO,
    i_dio_count: 0,
    synced: 0,
    i_private: null,
  };
  i_mapping.host = f_inode;
  return { f_op: def_blk_fops, f_inode };
}

function blkdev_direct_IO(iocb: Kiocb, iter: IovIter): number {
  const bdev = iocb.ki_filp.f_inode.i_sb.s_bdev;
  if ((iocb.ki_pos | iov_iter_alignment(iter)) % bdev_logical_block_size(bdev) !== 0) return -EINVAL;

  const nr_pages = iov_iter_npages(iter, BIO_MAX_PAGES + 1);
  if (nr_pages === 0) return 0;
  if (is_sync_kiocb(iocb) && nr_pages <= BIO_MAX_PAGES) return __blkdev_direct_IO_simple(iocb, iter, nr_pages);
  return __blkdev_direct_IO(iocb, iter, Math.min(nr_pages, BIO_MAX_PAGES));
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
  const written = generic_file_direct_IO(iocb, from);
  if (written > 0) generic_write_sync(iocb);
  return written;
}
