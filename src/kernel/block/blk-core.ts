/**
 * Stands for block/blk-core.c.
 *
 * Modelled: the way of a bio into a queue, the check against the end of the disk, the end of a request's bios.
 * Left out: merging bios into one request, plugging, accounting, partial completion of a request.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import { type Bio, BLK_STS_OK, type Request } from "../include/linux/blk_types.ts";
import { EIO } from "../include/linux/errno.ts";
import { bio_advance, bio_endio, bio_io_error } from "./bio.ts";

// current->bio_list: a driver that submits while it is being called queues here instead of recursing.
const submission: { bio_list: Bio[] | null } = { bio_list: null };

/** blk_init() - nobody is submitting */
export function blk_init(): void {
  submission.bio_list = null;
}

/** submit_bio() - send a bio; bi_end_io is called when it is done, possibly before this returns */
export function submit_bio(bio: Bio): void {
  generic_make_request(bio);
}

/** generic_make_request() - hand a bio to its queue */
export function generic_make_request(bio: Bio): void {
  if (!generic_make_request_checks(bio)) return;
  if (submission.bio_list !== null) {
    submission.bio_list.push(bio);
    return;
  }
  const bio_list = [bio];
  submission.bio_list = bio_list;
  for (const next of bio_list) {
    const { queue } = next.bi_disk ?? BUG("a bio without a disk");
    queue.make_request_fn(queue, next);
  }
  submission.bio_list = null;
}

/** blk_update_request() - the device has finished @nr_bytes of a request */
export function blk_update_request(req: Request, error: number, nr_bytes: number): void {
  req_bio_endio(req.bio, nr_bytes, error);
}

/** blk_rq_bytes() - what is left to do of a request */
export function blk_rq_bytes(rq: Request): number {
  return rq.bio.bi_iter.bi_size;
}

/** blk_status_to_errno() - a block status as a negative errno */
export function blk_status_to_errno(status: number): number {
  return status === BLK_STS_OK ? 0 : -EIO;
}

function req_bio_endio(bio: Bio, nbytes: number, error: number): void {
  if (error !== BLK_STS_OK) bio.bi_status = error;
  bio_advance(bio, nbytes);
  if (bio.bi_iter.bi_size === 0) bio_endio(bio);
}

function generic_make_request_checks(bio: Bio): boolean {
  const { bi_sector, bi_size } = bio.bi_iter;
  const end = bi_sector + (bi_size >> 9);
  if (end <= (bio.bi_disk?.capacity ?? 0)) return true;

  bio_io_error(bio);
  return false;
}
