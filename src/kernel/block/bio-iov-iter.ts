/**
 * Stands for the part of block/bio.c that fills a bio from an iterator.
 *
 * Modelled: bio_iov_iter_get_pages(). This is where pages of a process enter bv_page for block devices and, in the
 * kernel, for iomap's direct IO; an iterator over a pipe or over given pages puts pages of other origin there. From
 * Linux 5.1: pages that are lent (see BIO_NO_PAGE_REF) are described without taking references.
 * Left out: that C borrows the room of the pieces for the array of pages, and so walks it backwards.
 */

import { BIO_NO_PAGE_REF, type Bio } from "../include/linux/blk_types.ts";
import { EFAULT } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import type { BvecIovIter, IovIter, OutNumber } from "../include/linux/uio.ts";
import { iov_iter_advance, iov_iter_get_pages, iov_iter_rest } from "../lib/iov_iter.ts";
import { bio_add_page, bio_full } from "./bio.ts";

/**
 * bio_iov_iter_get_pages() - append as much of an iterator's memory as has room, each page with a reference
 *
 * Returns 0 when anything was appended, which may be less than there is room for, or a negative errno.
 */
export function bio_iov_iter_get_pages(bio: Bio, iter: IovIter): number {
  if (iter.type === "ITER_BVEC" && iter.no_ref === true) return bio_iov_bvec_set(bio, iter);

  const orig_vcnt = bio.bi_io_vec.length;
  do {
    const ret = __bio_iov_iter_get_pages(bio, iter);
    if (ret !== 0) return bio.bi_io_vec.length > orig_vcnt ? 0 : ret;
  } while (iter.count > 0 && !bio_full(bio));
  return 0;
}

function __bio_iov_iter_get_pages(bio: Bio, iter: IovIter): number {
  const nr_pages = bio.bi_max_vecs - bio.bi_io_vec.length;
  const pages: Page[] = [];
  const offset: OutNumber = { value: 0 };
  const size = iov_iter_get_pages(iter, pages, Number.MAX_SAFE_INTEGER, nr_pages, offset);
  if (size <= 0) return size || -EFAULT;

  let bv_offset = offset.value;
  let left = size;
  for (const bv_page of pages) {
    const bv_len = Math.min(PAGE_SIZE - bv_offset, left);
    bio.bi_io_vec.push({ bv_page, bv_len, bv_offset });
    bv_offset = 0;
    left -= bv_len;
  }
  bio.bi_iter.bi_size += size;
  iov_iter_advance(iter, size);
  return 0;
}

// The lender's pieces themselves: nothing is taken, so nothing may be released.
function bio_iov_bvec_set(bio: Bio, iter: BvecIovIter): number {
  bio.bi_flags |= BIO_NO_PAGE_REF;
  for (const bvec of iov_iter_rest(iter)) {
    if (bio_add_page(bio, bvec.bv_page, bvec.bv_len, bvec.bv_offset) === 0) break;
    iov_iter_advance(iter, bvec.bv_len);
  }
  return bio.bi_iter.bi_size > 0 ? 0 : -EFAULT;
}
