/**
 * Stands for the part of fs/direct-io.c that ends bios and the whole IO.
 *
 * Modelled: asynchronous bios are finished in the interrupt, synchronous ones queued for the waiting process; the last
 * one completes the IO, through a work queue when the data must be synced first.
 * Left out: page cache invalidation, the file system's end_io hook, non-blocking submission (REQ_NOWAIT), polling.
 */

import { bio_check_pages_dirty, bio_put } from "../block/bio.ts";
import { blk_status_to_errno } from "../block/blk-core.ts";
import { type Bio, BLK_STS_OK, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import { EFAULT, EIO, EIOCBQUEUED } from "../include/linux/errno.ts";
import { inode_dio_end, type SuperBlock } from "../include/linux/fs.ts";
import { current, io_schedule, set_current_state, wake_up_process } from "../kernel/sched/core.ts";
import { alloc_workqueue, INIT_WORK, queue_work, type WorkStruct } from "../kernel/workqueue.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";
import type { Dio, DioSubmit } from "./direct-io-types.ts";
import { generic_write_sync } from "./sync.ts";

const REAP_INTERVAL = 64;

/** dio_complete() - the last reference to a dio is gone: the result, reported to the iocb if @async */
export function dio_complete(dio: Dio, submitted: number, async: boolean): number {
  const transferred = bytes_transferred(dio);
  // Whoever submitted an asynchronous IO sees it as queued even if all bios have ended meanwhile.
  const queued = submitted === -EIOCBQUEUED;
  // A fault after some data has arrived makes a short transfer, not an error.
  const shortened = submitted === -EFAULT && transferred > 0;
  const ret = (queued || shortened ? 0 : submitted) || dio.page_errors || dio.io_error || transferred;
  inode_dio_end(dio.inode);
  if (async) dio_complete_iocb(dio, ret, transferred);
  return ret;
}

/** dio_bio_end_aio() - bi_end_io of an asynchronous IO, in interrupt context */
export function dio_bio_end_aio(bio: Bio): void {
  const dio = bio.bi_private as Dio;
  dio_bio_complete(dio, bio);
  dio.refcount--;
  wake_waiter(dio);
  if (dio.refcount > 0) return;

  if (dio.result > 0 && dio.defer_completion) {
    queue_complete_work(dio);
  } else {
    dio_complete(dio, 0, true);
  }
}

/** dio_bio_end_io() - bi_end_io of a synchronous IO: leave the bio to the process that waits */
export function dio_bio_end_io(bio: Bio): void {
  const dio = bio.bi_private as Dio;
  bio.bi_private = dio.bio_list;
  dio.bio_list = bio;
  dio.refcount--;
  wake_waiter(dio);
}

/** dio_await_completion() - wait for all bios and finish them */
export function dio_await_completion(dio: Dio): void {
  for (;;) {
    const bio = dio_await_one(dio);
    if (bio === null) return;

    dio_bio_complete(dio, bio);
  }
}

/** dio_bio_reap() - while submitting a large IO, finish now and then what has ended; returns the first error */
export function dio_bio_reap(dio: Dio, sdio: DioSubmit): number {
  if (sdio.reap_counter++ < REAP_INTERVAL) return 0;

  let ret = 0;
  for (;;) {
    const bio = take_finished_bio(dio);
    if (bio === null) break;

    const ret2 = blk_status_to_errno(dio_bio_complete(dio, bio));
    if (ret === 0) ret = ret2;
  }
  sdio.reap_counter = 0;
  return ret;
}

/** drop_refcount() - give up the submitter's reference; returns what is left */
export function drop_refcount(dio: Dio): number {
  dio.refcount--;
  return dio.refcount;
}

/** sb_init_dio_done_wq() - the work queue for deferred completions, made when it is first needed */
export function sb_init_dio_done_wq(sb: SuperBlock): void {
  sb.s_dio_done_wq ??= alloc_workqueue("dio");
}

function dio_bio_complete(dio: Dio, bio: Bio): number {
  const err = bio.bi_status;
  if (err !== BLK_STS_OK) dio.io_error = -EIO;

  const dirties = dio.op === REQ_OP_READ && dio.should_dirty;
  if (dio.is_async && dirties) {
    bio_check_pages_dirty(bio);
    return err;
  }
  for (const bvec of bio.bi_io_vec) {
    const page = bvec.bv_page;
    if (dirties) set_page_dirty_lock(page);
    put_page(page);
  }
  bio_put(bio);
  return err;
}

function dio_await_one(dio: Dio): Bio | null {
  while (dio.refcount > 1 && dio.bio_list === null) {
    dio.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    dio.waiter = null;
  }
  return take_finished_bio(dio);
}

function take_finished_bio(dio: Dio): Bio | null {
  const bio = dio.bio_list;
  if (bio !== null) dio.bio_list = bio.bi_private as Bio | null;
  return bio;
}

function wake_waiter(dio: Dio): void {
  if (dio.refcount === 1 && dio.waiter !== null) wake_up_process(dio.waiter);
}

function queue_complete_work(dio: Dio): void {
  const complete_work = INIT_WORK(dio_aio_complete_work, dio);
  dio.u = { kind: "complete_work", complete_work };
  const { i_sb } = dio.inode;
  sb_init_dio_done_wq(i_sb);
  if (i_sb.s_dio_done_wq !== null) queue_work(i_sb.s_dio_done_wq, complete_work);
}

function dio_aio_complete_work(work: WorkStruct): void {
  dio_complete(work.data as Dio, 0, true);
}

function dio_complete_iocb(dio: Dio, ret: number, transferred: number): void {
  dio.iocb.ki_pos += transferred;
  if (ret > 0 && dio.op === REQ_OP_WRITE) generic_write_sync(dio.iocb);
  dio.iocb.ki_complete?.(dio.iocb, ret);
}

// A read of whole blocks may run past the end of the file.
function bytes_transferred(dio: Dio): number {
  if (dio.op === REQ_OP_WRITE || dio.result === 0) return dio.result;
  return Math.min(dio.result, dio.i_size - dio.iocb.ki_pos);
}
