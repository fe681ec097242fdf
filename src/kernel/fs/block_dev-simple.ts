/**
 * Stands for the part of fs/block_dev.c where a caller waits for one bio on its own stack.
 *
 * Proves: the linear twin of block_dev-dio.ts. The pages go the same way through the shared Bio, but the callback only
 * wakes: bi_private is the sleeper, and the function that pinned is also the one that releases.
 * Hops: bio_iov_iter_get_pages() -> bio.bi_io_vec[].bv_page -> __blkdev_direct_IO_simple(): put_page().
 * Left out: the four inline pieces, polling, accounting.
 */

import { bio_init, bio_release_pages, bio_set_dev, bio_set_pages_dirty } from "../block/bio.ts";
import { bio_iov_iter_get_pages } from "../block/bio-iov-iter.ts";
import { blk_status_to_errno, submit_bio } from "../block/blk-core.ts";
import { type Bio, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import type { Kiocb } from "../include/linux/fs.ts";
import { type IovIter, READ } from "../include/linux/uio.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { iter_is_iovec } from "../lib/iov_iter.ts";

/** __blkdev_direct_IO_simple() - one bio, waited for; returns the bytes transferred or a negative errno */
export function __blkdev_direct_IO_simple(iocb: Kiocb, iter: IovIter, nr_pages: number): number {
  const bio = bio_init(nr_pages);
  bio_set_dev(bio, iocb.ki_filp.f_inode.i_sb.s_bdev);
  bio.bi_iter.bi_sector = iocb.ki_pos >> 9;
  bio.bi_private = current();
  bio.bi_end_io = blkdev_bio_end_io_simple;
  const ret = bio_iov_iter_get_pages(bio, iter);
  if (ret !== 0) return ret;

  const bytes = bio.bi_iter.bi_size;
  bio.bi_opf = iter.direction === READ ? REQ_OP_READ : REQ_OP_WRITE;
  submit_bio(bio);
  wait_for_bio(bio);
  if (iter.direction === READ && iter_is_iovec(iter)) bio_set_pages_dirty(bio);
  bio_release_pages(bio);
  return blk_status_to_errno(bio.bi_status) || bytes;
}

function blkdev_bio_end_io_simple(bio: Bio): void {
  const waiter = bio.bi_private as TaskStruct;
  bio.bi_private = null;
  wake_up_process(waiter);
}

function wait_for_bio(bio: Bio): void {
  for (;;) {
    set_current_state("TASK_UNINTERRUPTIBLE");
    if (bio.bi_private === null) break;
    io_schedule();
  }
  set_current_state("TASK_RUNNING");
}
