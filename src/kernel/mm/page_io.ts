/**
 * Stands for mm/page_io.c.
 *
 * Proves: nothing; it is of the control group. One page makes one bio; the way back is bio_first_page_all(): bv_page of
 * the first piece, as a plain page. The swap cache's reference, or the page cache's, keeps it; the bio has none.
 * Hops: swap_writepage(), swap_readpage() -> get_swap_bio(): bio_add_page() -> bio.bi_io_vec[].bv_page ->
 * end_swap_bio_write(), end_swap_bio_read(): no release.
 * Left out: swap files with a file system below, zswap, polling.
 */

import { bio_add_page, bio_alloc, bio_put, bio_set_dev } from "../block/bio.ts";
import { submit_bio } from "../block/blk-core.ts";
import { BUG } from "../include/asm-generic/bug.ts";
import { type Bio, BLK_STS_OK, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { ClearPageDirty, SetPageDirty, SetPageError, SetPageUptodate } from "../include/linux/page-flags.ts";
import { end_page_writeback, set_page_writeback, unlock_page } from "./page-writeback.ts";
import type { SwapInfoStruct, swp_entry_t } from "./swapfile.ts";

/** swap_writepage() - start to write a locked page into its slot; unlocks it */
export function swap_writepage(si: SwapInfoStruct, page: Page, entry: swp_entry_t): void {
  ClearPageDirty(page);
  set_page_writeback(page);
  unlock_page(page);
  submit_bio(get_swap_bio(si, page, entry, REQ_OP_WRITE));
}

/** swap_readpage() - start to read a locked page from a slot; it is unlocked when it has been read */
export function swap_readpage(si: SwapInfoStruct, page: Page, entry: swp_entry_t): void {
  submit_bio(get_swap_bio(si, page, entry, REQ_OP_READ));
}

function get_swap_bio(si: SwapInfoStruct, page: Page, entry: swp_entry_t, op: number): Bio {
  const bio = bio_alloc(1);
  bio_set_dev(bio, si.bdev);
  bio.bi_iter.bi_sector = si.start + entry * (PAGE_SIZE >> 9);
  bio.bi_opf = op;
  bio.bi_end_io = op === REQ_OP_READ ? end_swap_bio_read : end_swap_bio_write;
  bio_add_page(bio, page, PAGE_SIZE, 0);
  return bio;
}

// What could not be written must not be thrown away.
function end_swap_bio_write(bio: Bio): void {
  const page = bio_first_page_all(bio);
  if (bio.bi_status !== BLK_STS_OK) {
    SetPageError(page);
    SetPageDirty(page);
  }
  end_page_writeback(page);
  bio_put(bio);
}

function end_swap_bio_read(bio: Bio): void {
  const page = bio_first_page_all(bio);
  if (bio.bi_status === BLK_STS_OK) SetPageUptodate(page);
  else SetPageError(page);
  unlock_page(page);
  bio_put(bio);
}

function bio_first_page_all(bio: Bio): Page {
  const bvec = bio.bi_io_vec[0] ?? BUG("a bio without a page");
  return bvec.bv_page;
}
