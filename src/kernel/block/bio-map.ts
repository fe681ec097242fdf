/**
 * Stands for the part of block/bio.c that puts a process's own pages into a bio of a command.
 *
 * Modelled: bio_map_user_iov() and bio_unmap_user(). The twin that copies instead is in bio-copy.ts; which of the two made
 * a bio is the flag BIO_USER_MAPPED. Release is by the submitter, bi_end_io is not used.
 * Left out: limits on segments.
 */

import type { Bio, RequestQueue } from "../include/linux/blk_types.ts";
import { BIO_MAX_PAGES, BIO_USER_MAPPED, op_is_write } from "../include/linux/blk_types.ts";
import { ERR_PTR, type ErrPtr } from "../include/linux/err.ts";
import { EFAULT, EINVAL } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import type { IovecIter, OutNumber } from "../include/linux/uio.ts";
import { iov_iter_advance, iov_iter_get_pages, iov_iter_npages } from "../lib/iov_iter.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";
import { bio_add_pc_page, bio_alloc, bio_get, bio_put } from "./bio.ts";

/** bio_map_user_iov() - a bio over as much of the iterator's memory as has room, each page pinned; or an errno */
export function bio_map_user_iov(q: RequestQueue, iter: IovecIter): Bio | ErrPtr {
  const bio = bio_alloc(iov_iter_npages(iter, BIO_MAX_PAGES));
  while (iter.count > 0) {
    const left = map_some(q, bio, iter);
    if (left < 0) {
      for (const bvec of bio.bi_io_vec) put_page(bvec.bv_page);
      bio_put(bio);
      return ERR_PTR(left);
    }
    if (left > 0) break;
  }
  bio.bi_flags |= BIO_USER_MAPPED;
  // A bounced bio ends and is put before the pages are released.
  bio_get(bio);
  return bio;
}

/** bio_unmap_user() - the command is done: dirty what the device wrote to, drop the pins and the bio */
export function bio_unmap_user(bio: Bio): void {
  for (const bvec of bio.bi_io_vec) {
    if (!op_is_write(bio.bi_opf)) set_page_dirty_lock(bvec.bv_page);
    put_page(bvec.bv_page);
  }
  bio_put(bio);
  bio_put(bio);
}

// Pin what follows and add it; returns the bytes that found no room, or a negative errno.
function map_some(q: RequestQueue, bio: Bio, iter: IovecIter): number {
  const pages: Page[] = [];
  const offs: OutNumber = { value: 0 };
  const bytes = iov_iter_get_pages(iter, pages, Number.MAX_SAFE_INTEGER, BIO_MAX_PAGES, offs);
  if (bytes <= 0) return bytes || -EFAULT;

  const aligned = (offs.value & q.dma_alignment) === 0;
  const { used, added } = aligned ? add_pages(bio, pages, bytes, offs.value) : { used: 0, added: 0 };
  iov_iter_advance(iter, added);
  // Those that were pinned and found no room.
  for (const page of pages.slice(used)) put_page(page);
  return aligned ? bytes - added : -EINVAL;
}

function add_pages(bio: Bio, pages: readonly Page[], bytes: number, offs: number) {
  let used = 0;
  let added = 0;
  for (const page of pages) {
    const offset = used === 0 ? offs : 0;
    const n = Math.min(PAGE_SIZE - offset, bytes - added);
    const prev_bi_vcnt = bio.bi_io_vec.length;
    if (bio_add_pc_page(bio, page, n, offset) === 0) break;

    // Merged into the piece before it: that holds the page already.
    if (bio.bi_io_vec.length === prev_bi_vcnt) put_page(page);
    used++;
    added += n;
  }
  return { used, added };
}
