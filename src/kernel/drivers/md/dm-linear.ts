/**
 * Stands for drivers/md/dm.c and dm-linear.c.
 *
 * Proves: sharing. A disk that is a stretch of another passes each bio on as a clone, which shares the array of pieces and
 * owns none of the pages; they are released by the original's bi_end_io, which walks the very same array.
 * Hops: bio.bi_io_vec -> bio_clone_fast() -> clone.bi_io_vec (the same) -> clone_endio() -> bio_endio(original).
 * Left out: tables of several targets, bios that cross from one to the next, suspending.
 */

import { bio_clone_fast, bio_endio, bio_put } from "../../block/bio.ts";
import { generic_make_request } from "../../block/blk-core.ts";
import {
  type Bio,
  BLK_STS_OK,
  type BlockDevice,
  type Gendisk,
  type RequestQueue,
} from "../../include/linux/blk_types.ts";

interface LinearC {
  readonly dev: Gendisk;
  /** First sector of the stretch. */
  readonly start: number;
}

/** linear_ctr() - a disk that is @len sectors of another from @start on */
export function linear_ctr(dev: BlockDevice, start: number, len: number): BlockDevice {
  const lc: LinearC = { dev: dev.bd_disk, start };
  const { queue: lower } = dev.bd_disk;
  const queue: RequestQueue = { ...lower, make_request_fn: dm_make_request, tags: [], tag_waiters: [], queuedata: lc };
  return { bd_disk: { disk_name: "dm-0", queue, capacity: len } };
}

function dm_make_request(q: RequestQueue, bio: Bio): void {
  const lc = q.queuedata as LinearC;
  const clone = bio_clone_fast(bio);
  clone.bi_disk = lc.dev;
  clone.bi_iter.bi_sector += lc.start;
  clone.bi_private = bio;
  clone.bi_end_io = clone_endio;
  generic_make_request(clone);
}

function clone_endio(clone: Bio): void {
  const bio = clone.bi_private as Bio;
  if (clone.bi_status !== BLK_STS_OK) bio.bi_status = clone.bi_status;
  bio_put(clone);
  bio_endio(bio);
}
