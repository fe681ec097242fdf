/**
 * Stands for the part of fs/block_dev.c where bios of one IO complete in interrupts, waited for or not.
 *
 * Proves: what Jan Kara's sentence is about. The pin is taken in a system call and released in an interrupt, or later by
 * a work item, by functions that find the pages only through the bio; the way back to the IO is a `void *`.
 * Hops: bio_iov_iter_get_pages() -> bio.bi_io_vec[].bv_page -> submit_bio() -> request -> scatterlist -> interrupt ->
 * blk_update_request() -> bio_endio() -> blkdev_bio_end_io() -> bio_release_pages(): put_page(), or
 * bio_check_pages_dirty() -> work item -> bio_release_pages().
 * Differs from 4.19: the status of the last of several bios counts too; there it was lost until later.
 * Left out: polling, plugging, write hints, REQ_FUA (the device has no volatile cache).
 */

import {
  bio_alloc,
  bio_check_pages_dirty,
  bio_endio,
  bio_get,
  bio_put,
  bio_release_pages,
  bio_set_dev,
  bio_set_pages_dirty,
} from "../block/bio.ts";
import { bio_iov_iter_get_pages } from "../block/bio-iov-iter.ts";
import { blk_status_to_errno, submit_bio } from "../block/blk-core.ts";
import {
  BIO_MAX_PAGES,
  type Bio,
  BLK_STS_IOERR,
  BLK_STS_OK,
  REQ_OP_READ,
  REQ_OP_WRITE,
} from "../include/linux/blk_types.ts";
import { EIOCBQUEUED } from "../include/linux/errno.ts";
import { is_sync_kiocb, type Kiocb } from "../include/linux/fs.ts";
import { type IovIter, READ } from "../include/linux/uio.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { iov_iter_npages, iter_is_iovec } from "../lib/iov_iter.ts";

/** One direct IO of a block device. In C the first bio is embedded, so its last reference frees the whole. */
interface BlkdevDio {
  readonly bio: Bio;
  readonly iocb: Kiocb;
  /** Shares its place with iocb in C; null once the last bio has ended. */
  waiter: TaskStruct | null;
  readonly is_sync: boolean;
  readonly should_dirty: boolean;
  multi_bio: boolean;
  /** Bios in flight; used only if there is more than one. */
  ref: number;
  /** Bytes sent to the device. */
  size: number;
}

/** __blkdev_direct_IO() - as many bios as it takes; returns bytes, -EIOCBQUEUED or another negative errno */
export function __blkdev_direct_IO(iocb: Kiocb, iter: IovIter, nr_pages: number): number {
  const dio = blkdev_dio_alloc(iocb, iter, nr_pages);
  // For the one who asks for the status in the end.
  bio_get(dio.bio);
  const ret = blkdev_submit_bios(dio, iter);
  if (!dio.is_sync) return -EIOCBQUEUED;

  blkdev_dio_wait(dio);
  const error = ret || blk_status_to_errno(dio.bio.bi_status);
  bio_put(dio.bio);
  return error || dio.size;
}

function blkdev_dio_alloc(iocb: Kiocb, iter: IovIter, nr_pages: number): BlkdevDio {
  const is_sync = is_sync_kiocb(iocb);
  return {
    bio: bio_alloc(nr_pages),
    iocb,
    waiter: is_sync ? current() : null,
    is_sync,
    should_dirty: iter.direction === READ && iter_is_iovec(iter),
    multi_bio: false,
    ref: 0,
    size: 0,
  };
}

// What cannot be pinned ends its bio as if the device had failed: the error path releases by callback too.
function blkdev_submit_bios(dio: BlkdevDio, iter: IovIter): number {
  let { bio } = dio;
  for (;;) {
    const ret = blkdev_fill_bio(dio, bio, iter);
    if (ret !== 0) {
      bio.bi_status = BLK_STS_IOERR;
      bio_endio(bio);
      return ret;
    }
    const nr_pages = iov_iter_npages(iter, BIO_MAX_PAGES);
    if (nr_pages > 0) {
      dio.ref = dio.multi_bio ? dio.ref + 1 : 2;
      dio.multi_bio = true;
    }
    submit_bio(bio);
    if (nr_pages === 0) return 0;
    bio = bio_alloc(nr_pages);
  }
}

function blkdev_fill_bio(dio: BlkdevDio, bio: Bio, iter: IovIter): number {
  bio_set_dev(bio, dio.iocb.ki_filp.f_inode.i_sb.s_bdev);
  bio.bi_iter.bi_sector = (dio.iocb.ki_pos + dio.size) >> 9;
  bio.bi_private = dio;
  bio.bi_end_io = blkdev_bio_end_io;
  const ret = bio_iov_iter_get_pages(bio, iter);
  if (ret !== 0) return ret;

  bio.bi_opf = iter.direction === READ ? REQ_OP_READ : REQ_OP_WRITE;
  if (dio.should_dirty) bio_set_pages_dirty(bio);
  dio.size += bio.bi_iter.bi_size;
  return 0;
}

function blkdev_bio_end_io(bio: Bio): void {
  const dio = bio.bi_private as BlkdevDio;
  if (dio.bio.bi_status === BLK_STS_OK) dio.bio.bi_status = bio.bi_status;
  if (dio.multi_bio) dio.ref--;
  if (dio.ref === 0) blkdev_dio_complete(dio);
  if (dio.should_dirty) {
    bio_check_pages_dirty(bio);
  } else {
    bio_release_pages(bio);
    bio_put(bio);
  }
}

function blkdev_dio_complete(dio: BlkdevDio): void {
  if (dio.waiter !== null) {
    const { waiter } = dio;
    dio.waiter = null;
    wake_up_process(waiter);
    return;
  }
  const error = blk_status_to_errno(dio.bio.bi_status);
  if (error === 0) dio.iocb.ki_pos += dio.size;
  dio.iocb.ki_complete?.(dio.iocb, error || dio.size);
  bio_put(dio.bio);
}

function blkdev_dio_wait(dio: BlkdevDio): void {
  for (;;) {
    set_current_state("TASK_UNINTERRUPTIBLE");
    if (dio.waiter === null) break;
    io_schedule();
  }
  set_current_state("TASK_RUNNING");
}
