/**
 * Stands for block/bio.c.
 *
 * Modelled: building, splitting and ending a bio; dirtying and releasing the pages behind it. Everybody's pages go
 * through here: bv_page does not say whose they are. The rest of the file is in bio-iov-iter.ts.
 * Left out: merging a piece into the one before it (the caller does it already), memory pools.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import {
  BIO_CLONED,
  BIO_NO_PAGE_REF,
  type Bio,
  BLK_STS_IOERR,
  BLK_STS_OK,
  type BlockDevice,
} from "../include/linux/blk_types.ts";
import { bvec_iter_advance } from "../include/linux/bvec.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { PageDirty } from "../include/linux/page-flags.ts";
import { INIT_WORK, schedule_work } from "../kernel/workqueue.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";

interface BioAllocator {
  /** Bios that somebody still refers to. */
  live: number;
  /** Bios whose pages have to be dirtied again, linked by bi_private. */
  dirty_list: Bio | null;
}

const bios: BioAllocator = { live: 0, dirty_list: null };
const bio_dirty_work = INIT_WORK(bio_dirty_fn, null);

/** init_bio() - no bio is in use */
export function init_bio(): void {
  bios.live = 0;
  bios.dirty_list = null;
  bio_dirty_work.pending = false;
}

/** bios_in_use() - how many bios were not put yet */
export function bios_in_use(): number {
  return bios.live;
}

/** bio_alloc() - an empty bio with room for @nr_iovecs pieces and one reference */
export function bio_alloc(nr_iovecs: number): Bio {
  bios.live++;
  return bio_init(nr_iovecs);
}

/** bio_init() - an empty bio in memory of the caller's, who does not put it */
export function bio_init(max_vecs: number): Bio {
  return {
    bi_next: null,
    bi_disk: null,
    bi_opf: 0,
    bi_flags: 0,
    bi_status: BLK_STS_OK,
    bi_iter: { bi_sector: 0, bi_size: 0, bi_idx: 0, bi_bvec_done: 0 },
    bi_end_io: null,
    bi_private: null,
    bi_integrity: null,
    bi_max_vecs: max_vecs,
    bi_io_vec: [],
    __bi_remaining: 1,
    __bi_cnt: 1,
  };
}

/** bio_set_dev() - the bio goes to this device */
export function bio_set_dev(bio: Bio, bdev: BlockDevice): void {
  bio.bi_disk = bdev.bd_disk;
}

/** bio_get() - one more reference to the bio, not to its pages */
export function bio_get(bio: Bio): void {
  bio.__bi_cnt++;
}

/** bio_put() - drop a reference; the pages are not the bio's to put */
export function bio_put(bio: Bio): void {
  BUG_ON(bio.__bi_cnt <= 0, "bio_put() on a bio that is gone");
  bio.__bi_cnt--;
  if (bio.__bi_cnt === 0) bios.live--;
}

/** bio_add_page() - append a piece of a page; returns @len, or 0 when the bio is full */
export function bio_add_page(bio: Bio, page: Page, len: number, offset: number): number {
  BUG_ON((bio.bi_flags & BIO_CLONED) !== 0, "bio_add_page() on a clone");
  if (bio_full(bio)) return 0;

  bio.bi_io_vec.push({ bv_page: page, bv_len: len, bv_offset: offset });
  bio.bi_iter.bi_size += len;
  return len;
}

/** bio_add_pc_page() - the same for a command; what goes on where the last piece ends becomes part of it */
export function bio_add_pc_page(bio: Bio, page: Page, len: number, offset: number): number {
  const prev = bio.bi_io_vec.at(-1);
  if (prev === undefined || prev.bv_page !== page || prev.bv_offset + prev.bv_len !== offset) {
    return bio_add_page(bio, page, len, offset);
  }
  bio.bi_io_vec[bio.bi_io_vec.length - 1] = { ...prev, bv_len: prev.bv_len + len };
  bio.bi_iter.bi_size += len;
  return len;
}

/** bio_full() - is there no room for another piece */
export function bio_full(bio: Bio): boolean {
  return bio.bi_io_vec.length >= bio.bi_max_vecs;
}

/** bio_advance() - @bytes of the bio are done */
export function bio_advance(bio: Bio, bytes: number): void {
  bio.bi_iter.bi_sector += bytes >> 9;
  bvec_iter_advance(bio.bi_io_vec, bio.bi_iter, bytes);
}

/** bio_split() - cut the first @sectors off; the piece shares the pages' array and holds no page */
export function bio_split(bio: Bio, sectors: number): Bio {
  const split = bio_clone_fast(bio);
  split.bi_iter.bi_size = sectors << 9;
  bio_advance(bio, split.bi_iter.bi_size);
  return split;
}

/** bio_clone_fast() - a bio over the same array of pieces, which holds none of the pages */
export function bio_clone_fast(bio_src: Bio): Bio {
  bios.live++;
  return {
    ...bio_src,
    bi_next: null,
    bi_integrity: null,
    bi_flags: bio_src.bi_flags | BIO_CLONED,
    bi_iter: { ...bio_src.bi_iter },
    __bi_remaining: 1,
    __bi_cnt: 1,
  };
}

/** bio_chain() - @parent ends only after @bio has ended too */
export function bio_chain(bio: Bio, parent: Bio): void {
  bio.bi_private = parent;
  bio.bi_end_io = bio_chain_endio;
  parent.__bi_remaining++;
}

/** bio_endio() - the IO is over; the last completion tells the owner */
export function bio_endio(bio: Bio): void {
  bio.__bi_remaining--;
  BUG_ON(bio.__bi_remaining < 0, "bio_endio() on a bio that has ended");
  if (bio.__bi_remaining > 0) return;
  if (bio.bi_integrity !== null && !bio.bi_integrity.bip_endio(bio)) return;
  bio.bi_end_io?.(bio);
}

/** bio_inc_remaining() - one more completion is to come */
export function bio_inc_remaining(bio: Bio): void {
  bio.__bi_remaining++;
}

/** bio_io_error() - end a bio that could not be sent */
export function bio_io_error(bio: Bio): void {
  bio.bi_status = BLK_STS_IOERR;
  bio_endio(bio);
}

/** bio_set_pages_dirty() - the device is about to write to these pages */
export function bio_set_pages_dirty(bio: Bio): void {
  for (const bvec of bio.bi_io_vec) set_page_dirty_lock(bvec.bv_page);
}

/**
 * bio_check_pages_dirty() - release the pages of a read, from interrupt context; takes the bio over
 *
 * A page that was written back during the IO is clean although the device has written to it since. Dirtying it again
 * needs process context, so then the whole bio waits for bio_dirty_fn().
 */
export function bio_check_pages_dirty(bio: Bio): void {
  const allDirty = bio.bi_io_vec.every((bvec) => PageDirty(bvec.bv_page));
  if (allDirty) {
    bio_release_pages(bio);
    bio_put(bio);
    return;
  }
  bio.bi_private = bios.dirty_list;
  bios.dirty_list = bio;
  schedule_work(bio_dirty_work);
}

/** bio_release_pages() - drop a reference to every page, unless they are lent by somebody who keeps them pinned */
export function bio_release_pages(bio: Bio): void {
  if ((bio.bi_flags & BIO_NO_PAGE_REF) !== 0) return;

  for (const bvec of bio.bi_io_vec) put_page(bvec.bv_page);
}

function bio_dirty_fn(): void {
  let next = bios.dirty_list;
  bios.dirty_list = null;
  while (next !== null) {
    const bio: Bio = next;
    next = bio.bi_private as Bio | null;
    bio_set_pages_dirty(bio);
    bio_release_pages(bio);
    bio_put(bio);
  }
}

function bio_chain_endio(bio: Bio): void {
  const parent = bio.bi_private as Bio;
  if (parent.bi_status === BLK_STS_OK) parent.bi_status = bio.bi_status;
  bio_put(bio);
  bio_endio(parent);
}
