/**
 * Stands for the part of block/bio.c that lets a command work on copies of a process's memory.
 *
 * Modelled: bio_copy_user_iov() and bio_uncopy_user(): pages that were allocated for the bio, or that a driver keeps in
 * reserve (rq_map_data). They stand in the same bv_page as the pinned ones of bio-map.ts; bi_private is what is needed
 * to copy back.
 * Left out: compound pages, data that only goes in the other direction (from_user).
 */

import { BUG } from "../include/asm-generic/bug.ts";
import type { Bio } from "../include/linux/blk_types.ts";
import { BIO_MAX_PAGES, BIO_NULL_MAPPED, op_is_write } from "../include/linux/blk_types.ts";
import { ERR_PTR, type ErrPtr } from "../include/linux/err.ts";
import { EFAULT, EINTR, ENOMEM } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { type IovecIter, WRITE } from "../include/linux/uio.ts";
import { current } from "../kernel/sched/core.ts";
import { iov_iter_advance } from "../lib/iov_iter.ts";
import { copy_page_from_iter, copy_page_to_iter } from "../lib/iov_iter_copy.ts";
import { init_mm } from "../mm/init-mm.ts";
import { __free_page, alloc_page } from "../mm/page_alloc.ts";
import { bio_add_pc_page, bio_alloc, bio_put } from "./bio.ts";

/** Pages that a driver keeps for its commands; `offset` is how far they are used. */
export interface RqMapData {
  readonly pages: readonly Page[];
  offset: number;
  /** The driver does the copying. */
  readonly null_mapped: boolean;
}

interface BioMapData {
  /** Allocated for this bio: to be freed with it. */
  readonly is_our_pages: boolean;
  /** Where in the process's memory the bio's data belongs. */
  readonly iter: IovecIter;
}

/** bio_copy_user_iov() - a bio over kernel pages for as much of the iterator's memory as has room; or an errno */
export function bio_copy_user_iov(map_data: RqMapData | null, iter: IovecIter): Bio | ErrPtr {
  const bmd: BioMapData = { is_our_pages: map_data === null, iter: { ...iter } };
  const bio = bio_alloc(Math.min(Math.ceil(iter.count / PAGE_SIZE), BIO_MAX_PAGES));
  const ret = fill_bio(bio, map_data, iter.count) || copy_in(bio, map_data, iter);
  if (ret !== 0) {
    if (map_data === null) bio_free_pages(bio);
    bio_put(bio);
    return ERR_PTR(ret);
  }
  bio.bi_private = bmd;
  if (map_data?.null_mapped === true) bio.bi_flags |= BIO_NULL_MAPPED;
  return bio;
}

/** bio_uncopy_user() - the command is done: copy what was read to the process, free the copies and the bio */
export function bio_uncopy_user(bio: Bio): number {
  const bmd = bio.bi_private as BioMapData;
  const ret = (bio.bi_flags & BIO_NULL_MAPPED) === 0 ? uncopy(bio, bmd) : 0;
  bio_put(bio);
  return ret;
}

// A kernel thread has no memory to copy to; then the data is lost.
function uncopy(bio: Bio, bmd: BioMapData): number {
  const ret = current().mm === init_mm ? -EINTR : op_is_write(bio.bi_opf) ? 0 : bio_copy_to_iter(bio, bmd.iter);
  if (bmd.is_our_pages) bio_free_pages(bio);
  return ret;
}

function fill_bio(bio: Bio, map_data: RqMapData | null, length: number): number {
  let left = Math.min(length, BIO_MAX_PAGES * PAGE_SIZE);
  while (left > 0) {
    const page = map_data === null ? alloc_page() : next_reserved_page(map_data);
    if (page === null) return -ENOMEM;

    const bytes = Math.min(PAGE_SIZE, left);
    if (bio_add_pc_page(bio, page, bytes, 0) < bytes) BUG("a bio has less room than it was made with");
    left -= bytes;
  }
  return 0;
}

function next_reserved_page(map_data: RqMapData): Page | null {
  const page = map_data.pages[map_data.offset / PAGE_SIZE] ?? null;
  map_data.offset += PAGE_SIZE;
  return page;
}

function copy_in(bio: Bio, map_data: RqMapData | null, iter: IovecIter): number {
  if (iter.direction === WRITE && map_data?.null_mapped !== true) return bio_copy_from_iter(bio, iter);

  iov_iter_advance(iter, bio.bi_iter.bi_size);
  return 0;
}

function bio_copy_from_iter(bio: Bio, iter: IovecIter): number {
  for (const { bv_page, bv_len, bv_offset } of bio.bi_io_vec) {
    if (copy_page_from_iter(bv_page, bv_offset, bv_len, iter) < bv_len) return -EFAULT;
  }
  return 0;
}

function bio_copy_to_iter(bio: Bio, iter: IovecIter): number {
  for (const { bv_page, bv_len, bv_offset } of bio.bi_io_vec) {
    if (copy_page_to_iter(bv_page, bv_offset, bv_len, iter) < bv_len) return -EFAULT;
  }
  return 0;
}

function bio_free_pages(bio: Bio): void {
  for (const bvec of bio.bi_io_vec) __free_page(bvec.bv_page);
}
