/**
 * Stands for block/blk-map.c.
 *
 * Proves: mixing for each container, told apart by a flag. One function decides for each request whether its bios hold
 * a process's pages or copies; later another function decides by BIO_USER_MAPPED how to release them. No type says it.
 * Hops: blk_rq_map_user_iov() -> bio_map_user_iov() -> bio.bi_io_vec[].bv_page -> rq.bio -> blk_rq_unmap_user() ->
 * bio_unmap_user(): put_page(); or -> bio_copy_user_iov() -> the same field -> bio_uncopy_user(): __free_page(), or
 * nothing where a driver lent its pages.
 * Left out: kernel buffers (bio_map_kern), padding, merging into earlier bios.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { BIO_BOUNCED, BIO_USER_MAPPED, type Bio, type Request } from "../include/linux/blk_types.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EINVAL } from "../include/linux/errno.ts";
import type { IovecIter } from "../include/linux/uio.ts";
import { iov_iter_alignment } from "../lib/iov_iter.ts";
import { bio_get, bio_put } from "./bio.ts";
import { bio_copy_user_iov, bio_uncopy_user, type RqMapData } from "./bio-copy.ts";
import { bio_map_user_iov, bio_unmap_user } from "./bio-map.ts";
import { blk_rq_bio_prep } from "./blk-mq.ts";

/** blk_rq_map_user_iov() - give a request the memory of a process to work on, or copies; returns 0 or an errno */
export function blk_rq_map_user_iov(rq: Request, map_data: RqMapData | null, iter: IovecIter): number {
  if (iter.count === 0) return -EINVAL;

  const copy = map_data !== null || (iov_iter_alignment(iter) & rq.q.dma_alignment) !== 0;
  while (iter.count > 0) {
    const ret = __blk_rq_map_user_iov(rq, map_data, iter, copy);
    if (ret === 0) continue;

    blk_rq_unmap_user(rq.bio);
    rq.bio = null;
    return ret;
  }
  return 0;
}

/** blk_rq_unmap_user() - the request is done; @first is what its first one was; in process context, by who mapped */
export function blk_rq_unmap_user(first: Bio | null): number {
  let ret = 0;
  for (let next = first; next !== null; ) {
    const bio = next;
    next = bio.bi_next;
    // The original of a bounced one has the pages.
    const mapped_bio = (bio.bi_flags & BIO_BOUNCED) === 0 ? bio : (bio.bi_private as Bio);
    ret = __blk_rq_unmap_user(mapped_bio) || ret;
    bio_put(bio);
  }
  return ret;
}

/** blk_rq_append_bio() - one more bio for a request */
export function blk_rq_append_bio(rq: Request, bio: Bio): void {
  if (rq.biotail === null) {
    blk_rq_bio_prep(rq, bio);
    return;
  }
  rq.biotail.bi_next = bio;
  rq.biotail = bio;
}

function __blk_rq_map_user_iov(rq: Request, map_data: RqMapData | null, iter: IovecIter, copy: boolean): number {
  const bio = copy ? bio_copy_user_iov(map_data, iter) : bio_map_user_iov(rq.q, iter);
  if (IS_ERR(bio)) return PTR_ERR(bio);

  BUG_ON(bio.bi_io_vec.length === 0, "a bio without data");
  bio.bi_opf = rq.cmd_flags;
  const bounced = rq.q.bounce?.(rq.q, bio) ?? bio;
  blk_rq_append_bio(rq, bounced);
  // It must outlive the request, for the unmapping.
  bio_get(bounced);
  return 0;
}

function __blk_rq_unmap_user(bio: Bio): number {
  if ((bio.bi_flags & BIO_USER_MAPPED) === 0) return bio_uncopy_user(bio);

  bio_unmap_user(bio);
  return 0;
}
