/**
 * Stands for the part of fs/direct-io.c that turns pieces of pages into bios.
 *
 * Modelled: submit_page_section(), which keeps the latest piece back in cur_page because more of the same page may
 * follow; dio_send_cur_page() and what it needs.
 * Three references meet here: the pin of the caller, one for cur_page, one for the bio; the last is what a device
 * holds in flight.
 */

import { bio_add_page, bio_alloc, bio_set_dev, bio_set_pages_dirty } from "../block/bio.ts";
import { submit_bio } from "../block/blk-core.ts";
import { BUG, BUG_ON } from "../include/asm-generic/bug.ts";
import { BIO_MAX_PAGES, type BlockDevice, REQ_OP_READ } from "../include/linux/blk_types.ts";
import type { BufferHead } from "../include/linux/buffer_head.ts";
import { get_page, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { put_page } from "../mm/swap.ts";
import { dio_bio_end_aio, dio_bio_end_io, dio_bio_reap } from "./direct-io-complete.ts";
import type { Dio, DioSubmit } from "./direct-io-types.ts";

/** submit_page_section() - put a piece of a page under IO, later if more of the page may follow */
export function submit_page_section(
  dio: Dio,
  sdio: DioSubmit,
  page: Page,
  offset: number,
  len: number,
  blocknr: number,
  map_bh: BufferHead,
): number {
  // Sending another page may clear it.
  const { boundary } = sdio;
  if (sdio.cur_page === page && continues_cur_page(sdio, offset, blocknr)) {
    sdio.cur_page_len += len;
  } else {
    if (sdio.cur_page !== null) {
      const ret = dio_send_cur_page(dio, sdio, map_bh);
      put_page(sdio.cur_page);
      sdio.cur_page = null;
      if (ret !== 0) return ret;
    }
    get_page(page);
    sdio.cur_page = page;
    sdio.cur_page_offset = offset;
    sdio.cur_page_len = len;
    sdio.cur_page_block = blocknr;
    sdio.cur_page_fs_offset = sdio.block_in_file << sdio.blkbits;
  }
  if (!boundary) return 0;

  const ret = dio_send_cur_page(dio, sdio, map_bh);
  if (sdio.bio !== null) dio_bio_submit(dio, sdio);
  put_page(sdio.cur_page);
  sdio.cur_page = null;
  return ret;
}

/** dio_send_cur_page() - put the piece that was kept back into a bio; cur_page and its reference stay the caller's */
export function dio_send_cur_page(dio: Dio, sdio: DioSubmit, map_bh: BufferHead): number {
  if (sdio.bio !== null && !continues_bio(sdio, sdio.bio.bi_iter.bi_size)) dio_bio_submit(dio, sdio);
  if (sdio.bio === null) {
    const ret = dio_new_bio(dio, sdio, sdio.cur_page_block, map_bh);
    if (ret !== 0) return ret;
  }
  if (dio_bio_add_page(sdio)) return 0;

  dio_bio_submit(dio, sdio);
  const ret = dio_new_bio(dio, sdio, sdio.cur_page_block, map_bh);
  if (ret === 0) BUG_ON(!dio_bio_add_page(sdio), "an empty bio takes no page");
  return ret;
}

/** dio_bio_submit() - send the bio; from here on it holds a reference to the dio */
export function dio_bio_submit(dio: Dio, sdio: DioSubmit): void {
  const bio = sdio.bio ?? BUG("dio_bio_submit() without a bio");
  bio.bi_private = dio;
  dio.refcount++;
  if (dio.is_async && dio.op === REQ_OP_READ && dio.should_dirty) bio_set_pages_dirty(bio);
  submit_bio(bio);
  sdio.bio = null;
  sdio.boundary = false;
  sdio.logical_offset_in_bio = 0;
}

function continues_cur_page(sdio: DioSubmit, offset: number, blocknr: number): boolean {
  return (
    sdio.cur_page_offset + sdio.cur_page_len === offset &&
    sdio.cur_page_block + (sdio.cur_page_len >> sdio.blkbits) === blocknr
  );
}

// Contiguous on disk, and in the file too.
function continues_bio(sdio: DioSubmit, bi_size: number): boolean {
  return (
    sdio.final_block_in_bio === sdio.cur_page_block && sdio.cur_page_fs_offset === sdio.logical_offset_in_bio + bi_size
  );
}

function dio_bio_add_page(sdio: DioSubmit): boolean {
  const bio = sdio.bio ?? BUG("dio_bio_add_page() without a bio");
  const page = sdio.cur_page ?? BUG("dio_bio_add_page() without a page");
  const added = bio_add_page(bio, page, sdio.cur_page_len, sdio.cur_page_offset);
  if (added !== sdio.cur_page_len) return false;

  if (sdio.cur_page_len + sdio.cur_page_offset === PAGE_SIZE) sdio.pages_in_io--;
  get_page(page);
  sdio.final_block_in_bio = sdio.cur_page_block + (sdio.cur_page_len >> sdio.blkbits);
  return true;
}

function dio_new_bio(dio: Dio, sdio: DioSubmit, start_sector: number, map_bh: BufferHead): number {
  const ret = dio_bio_reap(dio, sdio);
  if (ret !== 0) return ret;

  const sector = start_sector << (sdio.blkbits - 9);
  const nr_pages = Math.min(sdio.pages_in_io, BIO_MAX_PAGES);
  BUG_ON(nr_pages <= 0, "more pages under IO than were expected");
  dio_bio_alloc(dio, sdio, map_bh.b_bdev, sector, nr_pages);
  sdio.boundary = false;
  return 0;
}

function dio_bio_alloc(dio: Dio, sdio: DioSubmit, bdev: BlockDevice, first_sector: number, nr_vecs: number): void {
  const bio = bio_alloc(nr_vecs);
  bio_set_dev(bio, bdev);
  bio.bi_iter.bi_sector = first_sector;
  bio.bi_opf = dio.op;
  bio.bi_end_io = dio.is_async ? dio_bio_end_aio : dio_bio_end_io;
  sdio.bio = bio;
  sdio.logical_offset_in_bio = sdio.cur_page_fs_offset;
}
