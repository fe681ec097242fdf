/**
 * Stands for block/blk-merge.c.
 *
 * Modelled: splitting a bio that is larger than a request may be; the scatter-gather list of a request, with
 * physically adjacent pieces in one entry.
 * Left out: limits on the number and size of segments, merging of requests.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import { page_to_phys } from "../include/asm-generic/memory_model.ts";
import type { Bio, Request, RequestQueue } from "../include/linux/blk_types.ts";
import { type BioVec, type BvecIter, bvec_iter_advance, bvec_iter_bvec } from "../include/linux/bvec.ts";
import { type Scatterlist, sg_mark_end, sg_phys, sg_set_page } from "../include/linux/scatterlist.ts";
import { bio_chain, bio_split } from "./bio.ts";
import { generic_make_request, rq_bios } from "./blk-core.ts";

/** blk_queue_split() - the part of a bio that fits into one request; the rest is submitted again */
export function blk_queue_split(q: RequestQueue, bio: Bio): Bio {
  if (bio.bi_iter.bi_size >> 9 <= q.max_sectors) return bio;

  const split = bio_split(bio, q.max_sectors);
  bio_chain(split, bio);
  generic_make_request(bio);
  return split;
}

/** blk_rq_nr_phys_segments() - the most entries that a request's list can need */
export function blk_rq_nr_phys_segments(rq: Request): number {
  return rq_bios(rq).reduce((nsegs, { bi_io_vec, bi_iter }) => nsegs + bi_io_vec.length - bi_iter.bi_idx, 0);
}

/** blk_rq_map_sg() - describe a request's memory in @sglist; returns the number of entries used */
export function blk_rq_map_sg(rq: Request, sglist: readonly Scatterlist[]): number {
  let nsegs = 0;
  for (const bio of rq_bios(rq)) nsegs = __blk_bios_map_sg(bio, sglist, nsegs);
  sg_mark_end(sglist[nsegs - 1] ?? BUG("a request without data"));
  return nsegs;
}

function __blk_bios_map_sg(bio: Bio, sglist: readonly Scatterlist[], before: number): number {
  const { bi_io_vec } = bio;
  const iter: BvecIter = { ...bio.bi_iter };
  let nsegs = before;
  for (;;) {
    const bvec = bvec_iter_bvec(bi_io_vec, iter);
    if (bvec === null) return nsegs;

    nsegs = __blk_segment_map_sg(bvec, sglist, nsegs);
    bvec_iter_advance(bi_io_vec, iter, bvec.bv_len);
  }
}

function __blk_segment_map_sg(bvec: BioVec, sglist: readonly Scatterlist[], nsegs: number): number {
  const previous = nsegs > 0 ? sglist[nsegs - 1] : undefined;
  if (previous !== undefined && sg_phys(previous) + previous.length === bvec_phys(bvec)) {
    previous.length += bvec.bv_len;
    return nsegs;
  }
  const sg = sglist[nsegs] ?? BUG("more segments than blk_rq_nr_phys_segments() promised");
  sg_set_page(sg, bvec.bv_page, bvec.bv_len, bvec.bv_offset);
  return nsegs + 1;
}

function bvec_phys(bvec: BioVec): number {
  return page_to_phys(bvec.bv_page) + bvec.bv_offset;
}
