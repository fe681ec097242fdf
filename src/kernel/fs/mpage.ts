/**
 * Stands for fs/mpage.c.
 *
 * Proves: nothing; it is of the control group. Pages of the page cache go through the same Bio as pinned ones and end in
 * a bi_end_io of the same type, but nobody took a reference for the IO: the lock and the writeback flag keep them.
 * Hops: mpage_readpages(), mpage_writepages() -> bio_add_page() -> bio.bi_io_vec[].bv_page -> mpage_end_io() ->
 * page_endio(): no release at all.
 * Left out: read-ahead sizes, access hints, blocks that are mapped by page and not one by one.
 */

import { bio_add_page, bio_alloc, bio_put, bio_set_dev } from "../block/bio.ts";
import { blk_status_to_errno, submit_bio } from "../block/blk-core.ts";
import { BIO_MAX_PAGES, type Bio, op_is_write, REQ_OP_READ, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import { buffer_mapped, zeroed_buffer_head } from "../include/linux/buffer_head.ts";
import { type GetBlock, type Inode, i_size_read, page_host } from "../include/linux/fs.ts";
import { zero_user } from "../include/linux/highmem.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { SetPageUptodate } from "../include/linux/page-flags.ts";
import { page_endio, set_page_writeback, unlock_page } from "../mm/page-writeback.ts";
import { block_read_full_page, block_write_full_page, zero_beyond_end } from "./buffer.ts";
import { write_cache_pages } from "./fs-writeback.ts";

/** A bio that grows from page to page as long as their blocks are neighbours. */
interface MpageData {
  bio: Bio | null;
  last_block_in_bio: number;
  readonly get_block: GetBlock;
}

/** mpage_readpages() - read locked pages, with as few bios as their blocks allow; each is unlocked when it was read */
export function mpage_readpages(pages: readonly Page[], get_block: GetBlock): void {
  const mpd: MpageData = { bio: null, last_block_in_bio: -1, get_block };
  for (const page of pages) do_mpage_readpage(mpd, page);
  mpage_bio_submit(mpd);
}

/** mpage_readpage() - read one locked page */
export function mpage_readpage(page: Page, get_block: GetBlock): void {
  mpage_readpages([page], get_block);
}

/** mpage_writepages() - start to write all dirty pages of a file; returns how many there were */
export function mpage_writepages(mapping: AddressSpace, get_block: GetBlock): number {
  const mpd: MpageData = { bio: null, last_block_in_bio: -1, get_block };
  const written = write_cache_pages(mapping, (page) => __mpage_writepage(mpd, page));
  mpage_bio_submit(mpd);
  return written;
}

function do_mpage_readpage(mpd: MpageData, page: Page): void {
  const inode = page_host(page);
  const mapped = map_blocks(mpd, inode, page, false);
  const blocks = mapped.slice(0, mapped.findLastIndex((block) => block !== null) + 1);
  const length = blocks.length << inode.i_blkbits;
  if (page.private !== null || !are_neighbours(blocks)) {
    mpage_bio_submit(mpd);
    block_read_full_page(page, mpd.get_block);
    return;
  }
  if (length < PAGE_SIZE) zero_user(page, length, PAGE_SIZE - length);
  if (length > 0) {
    add_to_bio(mpd, page, inode, blocks, REQ_OP_READ);
    return;
  }
  SetPageUptodate(page);
  unlock_page(page);
}

function __mpage_writepage(mpd: MpageData, page: Page): void {
  const inode = page_host(page);
  const blocks = page.private === null ? map_blocks(mpd, inode, page, true) : [];
  if (blocks.length === 0 || !are_neighbours(blocks)) {
    mpage_bio_submit(mpd);
    block_write_full_page(page, mpd.get_block);
    return;
  }
  zero_beyond_end(page);
  add_to_bio(mpd, page, inode, blocks, REQ_OP_WRITE);
  set_page_writeback(page);
  unlock_page(page);
}

// The disk's blocks of a page up to the end of the file; null for a hole, and for a block that could not be made.
function map_blocks(mpd: MpageData, inode: Inode, page: Page, create: boolean): readonly (number | null)[] {
  const first = page.index << (PAGE_SHIFT - inode.i_blkbits);
  const last = Math.ceil(i_size_read(inode) / (1 << inode.i_blkbits));
  const end = Math.min(first + (PAGE_SIZE >> inode.i_blkbits), last);
  const blocks: (number | null)[] = [];
  for (let block = first; block < end; block++) blocks.push(map_block(mpd, inode, block, create));
  return blocks;
}

function map_block(mpd: MpageData, inode: Inode, block: number, create: boolean): number | null {
  const map_bh = zeroed_buffer_head(inode.i_sb.s_bdev);
  map_bh.b_size = 1 << inode.i_blkbits;
  const ret = mpd.get_block(inode, block, map_bh, create);
  return ret === 0 && buffer_mapped(map_bh) ? map_bh.b_blocknr : null;
}

function are_neighbours(blocks: readonly (number | null)[]): boolean {
  const first = blocks[0] ?? 0;
  return blocks.every((block, index) => block === first + index);
}

function add_to_bio(mpd: MpageData, page: Page, inode: Inode, blocks: readonly (number | null)[], op: number): void {
  const first = blocks[0] ?? 0;
  const length = blocks.length << inode.i_blkbits;
  if (mpd.last_block_in_bio !== first - 1) mpage_bio_submit(mpd);
  if (mpd.bio !== null && bio_add_page(mpd.bio, page, length, 0) < length) mpage_bio_submit(mpd);
  if (mpd.bio === null) {
    mpd.bio = mpage_alloc(inode, first << (inode.i_blkbits - 9), op);
    bio_add_page(mpd.bio, page, length, 0);
  }
  mpd.last_block_in_bio = length === PAGE_SIZE ? first + blocks.length - 1 : -1;
}

function mpage_alloc(inode: Inode, first_sector: number, op: number): Bio {
  const bio = bio_alloc(BIO_MAX_PAGES);
  bio_set_dev(bio, inode.i_sb.s_bdev);
  bio.bi_iter.bi_sector = first_sector;
  bio.bi_opf = op;
  bio.bi_end_io = mpage_end_io;
  return bio;
}

function mpage_bio_submit(mpd: MpageData): void {
  const { bio } = mpd;
  mpd.bio = null;
  mpd.last_block_in_bio = -1;
  if (bio !== null) submit_bio(bio);
}

function mpage_end_io(bio: Bio): void {
  const error = blk_status_to_errno(bio.bi_status);
  for (const bvec of bio.bi_io_vec) page_endio(bvec.bv_page, op_is_write(bio.bi_opf), error);
  bio_put(bio);
}
