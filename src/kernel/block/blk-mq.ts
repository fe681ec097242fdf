/**
 * Stands for block/blk-mq.c and block/blk-mq-tag.c.
 *
 * Modelled: a request for a bio, a tag for a request, sleeping while no tag is free, issuing, completing.
 * Left out: software and several hardware queues, schedulers, time-outs, merging: one bio makes one request. Several are
 * in a request only if its sender put them there (blk-map.ts).
 */

import type { Bio, BlkMqOps, Request, RequestQueue } from "../include/linux/blk_types.ts";
import { BLK_STS_OK } from "../include/linux/blk_types.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { current, io_schedule, set_current_state, wake_up_process } from "../kernel/sched/core.ts";
import { blk_rq_bytes, blk_update_request } from "./blk-core.ts";
import { blk_queue_split } from "./blk-merge.ts";

/** What a driver says about its queue. */
export interface QueueLimits {
  readonly max_sectors: number;
  readonly logical_block_size: number;
  readonly dma_alignment: number;
  readonly nr_tags: number;
}

/** blk_mq_init_queue() - a queue for a driver */
export function blk_mq_init_queue(mq_ops: BlkMqOps, limits: QueueLimits, queuedata: unknown): RequestQueue {
  const { max_sectors, logical_block_size, dma_alignment, nr_tags } = limits;
  const tags = Array.from({ length: nr_tags }, () => null);
  return {
    make_request_fn: blk_mq_make_request,
    mq_ops,
    max_sectors,
    logical_block_size,
    dma_alignment,
    bounce_pfn: Number.POSITIVE_INFINITY,
    bounce: null,
    integrity_prep: null,
    tags,
    tag_waiters: [],
    dying: false,
    queuedata,
  };
}

/** blk_mq_tag_to_rq() - the request in flight under a tag */
export function blk_mq_tag_to_rq(q: RequestQueue, tag: number): Request | null {
  return q.tags[tag] ?? null;
}

/** blk_mq_complete_request() - called by the driver's interrupt handler */
export function blk_mq_complete_request(rq: Request): void {
  rq.q.mq_ops.complete(rq);
}

/** blk_mq_end_request() - the whole request is done */
export function blk_mq_end_request(rq: Request, error: number): void {
  blk_update_request(rq, error, blk_rq_bytes(rq));
  if (rq.end_io !== null) rq.end_io(rq, error);
  else blk_mq_free_request(rq);
}

/** blk_mq_alloc_request() - a request without bios, for a command of the caller's */
export function blk_mq_alloc_request(q: RequestQueue, op: number): Request {
  const tag = blk_mq_get_tag(q);
  const rq: Request = {
    q,
    tag,
    bio: null,
    biotail: null,
    cmd_flags: op,
    __sector: 0,
    end_io: null,
    end_io_data: null,
    pdu: null,
  };
  q.tags[tag] = rq;
  return rq;
}

/** blk_mq_free_request() - the tag is free again */
export function blk_mq_free_request(rq: Request): void {
  rq.q.tags[rq.tag] = null;
  const waiter = rq.q.tag_waiters.shift();
  if (waiter !== undefined) wake_up_process(waiter);
}

/** blk_mq_issue_directly() - hand a request to the driver; what it refuses has ended */
export function blk_mq_issue_directly(rq: Request): void {
  const ret = rq.q.mq_ops.queue_rq(rq);
  if (ret !== BLK_STS_OK) blk_mq_end_request(rq, ret);
}

/** blk_rq_bio_prep() - the first bio of a request */
export function blk_rq_bio_prep(rq: Request, bio: Bio): void {
  rq.bio = bio;
  rq.biotail = bio;
}

function blk_mq_make_request(q: RequestQueue, bio: Bio): void {
  const bounced = q.bounce?.(q, bio) ?? bio;
  if (bounced === bio) {
    blk_mq_submit(q, bio);
    return;
  }
  // Who waits for the bounce pool waits for bios that have been sent, so nobody may begin before this one is.
  lock_acquire();
  blk_mq_submit(q, bounced);
  lock_release();
}

function blk_mq_submit(q: RequestQueue, bio: Bio): void {
  const split = blk_queue_split(q, bio);
  if (q.integrity_prep?.(split) === false) return;

  const rq = blk_mq_alloc_request(q, split.bi_opf);
  blk_rq_bio_prep(rq, split);
  rq.__sector = split.bi_iter.bi_sector;
  blk_mq_issue_directly(rq);
}

function blk_mq_get_tag(q: RequestQueue): number {
  for (;;) {
    const tag = q.tags.indexOf(null);
    if (tag !== -1) return tag;

    q.tag_waiters.push(current());
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  }
}
