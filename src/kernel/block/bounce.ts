/**
 * Stands for block/bounce.c.
 *
 * Proves: mixing for each element, told apart by a comparison. A device that cannot reach all memory gets a bio whose
 * array has pages of a pool in the place of those it cannot reach, and the others as they were: a process's pinned ones
 * among them. At the end each element is held against the original's: if it differs, it goes back to the pool.
 * Hops: bio_orig.bi_io_vec[].bv_page, or page_pool -> bio.bi_io_vec[].bv_page -> bounce_end_io(): mempool_free(), or
 * nothing; the original's bi_end_io releases the original's pages.
 * Left out: high memory; that the pool is only a reserve: here it is all there is, so who finds it empty waits.
 */

import { BUG, BUG_ON } from "../include/asm-generic/bug.ts";
import { page_address, page_to_pfn } from "../include/asm-generic/memory_model.ts";
import {
  BIO_BOUNCED,
  type Bio,
  BLK_STS_OK,
  bio_is_passthrough,
  op_is_write,
  type RequestQueue,
} from "../include/linux/blk_types.ts";
import { type BioVec, type BvecIter, bvec_iter_advance, bvec_iter_bvec } from "../include/linux/bvec.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { __free_page, alloc_page } from "../mm/page_alloc.ts";
import { bio_alloc, bio_chain, bio_endio, bio_put, bio_split } from "./bio.ts";
import { generic_make_request } from "./blk-core.ts";

// As many as the largest command can need, and one for a start within a page.
const POOL_SIZE = 40;
const MOST_SECTORS = 64;

interface PagePool {
  readonly pages: Page[];
  readonly waiters: TaskStruct[];
}

const page_pool: PagePool = { pages: [], waiters: [] };

/** blk_queue_bounce_limit() - the device reaches frames up to @max_pfn; fills the pool */
export function blk_queue_bounce_limit(q: RequestQueue, max_pfn: number): void {
  q.bounce_pfn = max_pfn;
  q.bounce = blk_queue_bounce;
  page_pool.waiters.length = 0;
  page_pool.pages.length = 0;
  while (page_pool.pages.length < POOL_SIZE) {
    const page = alloc_page() ?? BUG("no frames for the bounce pool");
    BUG_ON(page_to_pfn(page) > max_pfn, "the bounce pool is where the device does not reach");
    page_pool.pages.push(page);
  }
}

/** bounce_pool_pages() - the pages that nobody uses at the moment */
export function bounce_pool_pages(): readonly Page[] {
  return page_pool.pages;
}

/** bounce_pool_exit() - the device is gone for good: its pool is given back */
export function bounce_pool_exit(): void {
  for (const page of page_pool.pages.splice(0)) __free_page(page);
}

function blk_queue_bounce(q: RequestQueue, bio: Bio): Bio {
  const unreachable = segments(bio).filter((bvec) => must_bounce(q, bvec)).length;
  return unreachable === 0 ? bio : __blk_queue_bounce(q, bio);
}

function __blk_queue_bounce(q: RequestQueue, bio: Bio): Bio {
  const bio_orig = split_to_pool(bio);
  const bounced = bounce_clone_bio(bio_orig);
  wait_for_pool(bounced.bi_io_vec.filter((bvec) => must_bounce(q, bvec)).length);
  for (const [i, from] of bounced.bi_io_vec.entries()) {
    if (must_bounce(q, from)) bounced.bi_io_vec[i] = bounce_bvec(from, op_is_write(bio_orig.bi_opf));
  }
  bounced.bi_flags |= BIO_BOUNCED;
  bounced.bi_private = bio_orig;
  bounced.bi_end_io = op_is_write(bio_orig.bi_opf) ? bounce_end_io : bounce_end_io_read;
  return bounced;
}

// Others shall find something in the pool too; but a command cannot be split.
function split_to_pool(bio: Bio): Bio {
  if (bio_is_passthrough(bio) || bio.bi_iter.bi_size >> 9 <= MOST_SECTORS) return bio;

  const split = bio_split(bio, MOST_SECTORS);
  bio_chain(split, bio);
  generic_make_request(bio);
  return split;
}

function bounce_clone_bio(bio_src: Bio): Bio {
  const bvecs = segments(bio_src);
  const bio = bio_alloc(bvecs.length);
  bio.bi_disk = bio_src.bi_disk;
  bio.bi_opf = bio_src.bi_opf;
  bio.bi_iter.bi_sector = bio_src.bi_iter.bi_sector;
  bio.bi_iter.bi_size = bio_src.bi_iter.bi_size;
  bio.bi_io_vec.push(...bvecs);
  return bio;
}

function bounce_bvec(from: BioVec, write: boolean): BioVec {
  const page = mempool_alloc();
  if (write) copy_bvec({ ...from, bv_page: page }, from);
  return { bv_page: page, bv_len: from.bv_len, bv_offset: from.bv_offset };
}

function bounce_end_io_read(bio: Bio): void {
  const bio_orig = bio.bi_private as Bio;
  if (bio.bi_status === BLK_STS_OK) copy_to_high_bio_irq(bio_orig, bio);
  bounce_end_io(bio);
}

function bounce_end_io(bio: Bio): void {
  const bio_orig = bio.bi_private as Bio;
  const orig_vecs = segments(bio_orig);
  for (const [i, bvec] of bio.bi_io_vec.entries()) {
    if (bvec.bv_page !== orig_vecs[i]?.bv_page) mempool_free(bvec.bv_page);
  }
  if (bio.bi_status !== BLK_STS_OK) bio_orig.bi_status = bio.bi_status;
  bio_put(bio);
  bio_endio(bio_orig);
}

function copy_to_high_bio_irq(to: Bio, from: Bio): void {
  for (const [i, tovec] of segments(to).entries()) {
    const fromvec = from.bi_io_vec[i];
    if (fromvec !== undefined && fromvec.bv_page !== tovec.bv_page) copy_bvec(tovec, fromvec);
  }
}

function copy_bvec(to: BioVec, from: BioVec): void {
  const bytes = page_address(from.bv_page).subarray(from.bv_offset, from.bv_offset + from.bv_len);
  page_address(to.bv_page).set(bytes, to.bv_offset);
}

// bio_for_each_segment(): what is left to do of a bio.
function segments(bio: Bio): readonly BioVec[] {
  const iter: BvecIter = { ...bio.bi_iter };
  const bvecs: BioVec[] = [];
  for (;;) {
    const bvec = bvec_iter_bvec(bio.bi_io_vec, iter);
    if (bvec === null) return bvecs;

    bvecs.push(bvec);
    bvec_iter_advance(bio.bi_io_vec, iter, bvec.bv_len);
  }
}

function must_bounce(q: RequestQueue, bvec: BioVec): boolean {
  return page_to_pfn(bvec.bv_page) > q.bounce_pfn;
}

function wait_for_pool(count: number): void {
  BUG_ON(count > POOL_SIZE, "a bio needs more than the whole bounce pool");
  while (page_pool.pages.length < count) {
    page_pool.waiters.push(current());
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  }
}

function mempool_alloc(): Page {
  return page_pool.pages.pop() ?? BUG("the bounce pool is empty");
}

function mempool_free(page: Page): void {
  page_pool.pages.push(page);
  for (const waiter of page_pool.waiters.splice(0)) wake_up_process(waiter);
}
