/**
 * Stands for block/blk-core.c.
 *
 * Modelled: the way of a bio into a queue, the check against the end of the disk and against a disk that is gone, the
 * end of a request's bios.
 * Left out: merging bios into one request, plugging, accounting, partial completion of a request.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import {
  type Bio,
  BLK_STS_OK,
  BLK_STS_PROTECTION,
  BLK_STS_RESOURCE,
  type Request,
  type RequestQueue,
} from "../include/linux/blk_types.ts";
import { EILSEQ, EIO, ENOMEM } from "../include/linux/errno.ts";
import { current, type TaskStruct } from "../kernel/sched/core.ts";
import { bio_advance, bio_endio, bio_io_error } from "./bio.ts";

// current->bio_list: a driver that submits while it is being called queues here instead of recursing.
const bio_lists = new Map<TaskStruct, Bio[]>();

/** blk_init() - nobody is submitting */
export function blk_init(): void {
  bio_lists.clear();
}

/** submit_bio() - send a bio; bi_end_io is called when it is done, possibly before this returns */
export function submit_bio(bio: Bio): void {
  generic_make_request(bio);
}

/** generic_make_request() - hand a bio to its queue */
export function generic_make_request(bio: Bio): void {
  if (!generic_make_request_checks(bio)) return;
  const queued = bio_lists.get(current());
  if (queued !== undefined) {
    queued.push(bio);
    return;
  }
  const bio_list = [bio];
  bio_lists.set(current(), bio_list);
  for (const next of bio_list) {
    const { queue } = next.bi_disk ?? BUG("a bio without a disk");
    queue.make_request_fn(queue, next);
  }
  bio_lists.delete(current());
}

/** blk_set_queue_dying() - the disk is gone: what is submitted from now on ends with an error */
export function blk_set_queue_dying(q: RequestQueue): void {
  q.dying = true;
}

/** blk_update_request() - the device has finished @nr_bytes of a request */
export function blk_update_request(req: Request, error: number, nr_bytes: number): void {
  let left = nr_bytes;
  while (req.bio !== null && left > 0) {
    const { bio } = req;
    const bytes = Math.min(bio.bi_iter.bi_size, left);
    if (bytes === bio.bi_iter.bi_size) req.bio = bio.bi_next;
    req_bio_endio(bio, bytes, error);
    left -= bytes;
  }
}

/** blk_rq_bytes() - what is left to do of a request */
export function blk_rq_bytes(rq: Request): number {
  return rq_bios(rq).reduce((bytes, bio) => bytes + bio.bi_iter.bi_size, 0);
}

/** rq_bios() - the bios of a request that have not ended; __rq_for_each_bio() in C */
export function rq_bios(rq: Request): readonly Bio[] {
  const bios: Bio[] = [];
  for (let { bio } = rq; bio !== null; bio = bio.bi_next) bios.push(bio);
  return bios;
}

/** blk_status_to_errno() - a block status as a negative errno */
export function blk_status_to_errno(status: number): number {
  switch (status) {
    case BLK_STS_OK:
      return 0;
    case BLK_STS_PROTECTION:
      return -EILSEQ;
    case BLK_STS_RESOURCE:
      return -ENOMEM;
    default:
      return -EIO;
  }
}

function req_bio_endio(bio: Bio, nbytes: number, error: number): void {
  if (error !== BLK_STS_OK) bio.bi_status = error;
  bio_advance(bio, nbytes);
  if (bio.bi_iter.bi_size === 0) bio_endio(bio);
}

function generic_make_request_checks(bio: Bio): boolean {
  const { bi_sector, bi_size } = bio.bi_iter;
  const { capacity, queue } = bio.bi_disk ?? BUG("a bio without a disk");
  if (!queue.dying && bi_sector + (bi_size >> 9) <= capacity) return true;

  bio_io_error(bio);
  return false;
}
