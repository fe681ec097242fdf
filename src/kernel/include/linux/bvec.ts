/**
 * Stands for include/linux/bvec.h.
 *
 * Modelled: a piece of a page, and the place in an array of pieces that an IO has reached.
 */

import type { Page } from "./mm_types.ts";

/** A piece of one page. */
export interface BioVec {
  readonly bv_page: Page;
  readonly bv_len: number;
  readonly bv_offset: number;
}

/** What is left to do of an array of pieces, and where on the disk it belongs. */
export interface BvecIter {
  /** In sectors of 512 bytes. */
  bi_sector: number;
  /** Bytes left. */
  bi_size: number;
  bi_idx: number;
  /** Bytes done of the piece at bi_idx. */
  bi_bvec_done: number;
}

/** bvec_iter_bvec() - the rest of the piece at the iterator's place, null when nothing is left */
export function bvec_iter_bvec(bvecs: readonly BioVec[], iter: BvecIter): BioVec | null {
  const bvec = bvecs[iter.bi_idx];
  if (bvec === undefined || iter.bi_size === 0) return null;

  const bv_len = Math.min(bvec.bv_len - iter.bi_bvec_done, iter.bi_size);
  return { bv_page: bvec.bv_page, bv_len, bv_offset: bvec.bv_offset + iter.bi_bvec_done };
}

/** bvec_iter_advance() - move the iterator forward within its array */
export function bvec_iter_advance(bvecs: readonly BioVec[], iter: BvecIter, bytes: number): void {
  for (let left = bytes; left > 0; ) {
    const piece = bvec_iter_bvec(bvecs, iter);
    if (piece === null) return;

    const step = Math.min(left, piece.bv_len);
    left -= step;
    iter.bi_size -= step;
    iter.bi_bvec_done += step;
    if (iter.bi_bvec_done === bvecs[iter.bi_idx]?.bv_len) {
      iter.bi_idx++;
      iter.bi_bvec_done = 0;
    }
  }
}
