/**
 * Stands for the writing side of mm/filemap.c, and block_write_begin() and block_write_end() of fs/buffer.c.
 *
 * Modelled: copying from a process into the page cache, page by page; the disk hears of it at writeback.
 * Left out: reservation of blocks: a full disk is noticed at writeback; throttling.
 */

import { copy_from_user } from "../arch/x86/usercopy.ts";
import { ERR_PTR, type ErrPtr, IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EFAULT, EINVAL, ENOMEM } from "../include/linux/errno.ts";
import { type Inode, i_size_read, i_size_write, type Kiocb } from "../include/linux/fs.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import { PageUptodate, SetPageUptodate } from "../include/linux/page-flags.ts";
import type { IovecIter, IovIter } from "../include/linux/uio.ts";
import { iov_iter_revert } from "../lib/iov_iter.ts";
import { copy_page_from_iter } from "../lib/iov_iter_copy.ts";
import { find_or_create_page, read_mapping_page } from "./filemap.ts";
import { lock_page_at_rest, set_page_dirty, unlock_page, wait_on_page_writeback } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

/** generic_perform_write() - copy into the page cache; returns bytes or a negative errno */
export function generic_perform_write(iocb: Kiocb, iter: IovIter): number {
  if (iter.type !== "ITER_IOVEC") return -EINVAL;

  const inode = iocb.ki_filp.f_inode;
  let done = 0;
  while (iter.count > 0) {
    const copied = write_one_page(inode, iocb.ki_pos, iter);
    if (copied <= 0) return done || copied;

    iocb.ki_pos += copied;
    done += copied;
  }
  return done;
}

/** filemap_fdatawait() - wait until the device has read every page that is under writeback; returns the first error */
export function filemap_fdatawait(mapping: AddressSpace): number {
  for (const page of [...mapping.i_pages.values()]) wait_on_page_writeback(page);
  const error = mapping.wb_err;
  mapping.wb_err = 0;
  return error;
}

function write_one_page(inode: Inode, pos: number, iter: IovecIter): number {
  const offset = pos % PAGE_SIZE;
  const bytes = Math.min(PAGE_SIZE - offset, iter.count);
  if (!iov_iter_fault_in_readable(iter, bytes)) return -EFAULT;

  const page = write_begin(inode.i_mapping, pos >> PAGE_SHIFT, bytes);
  if (IS_ERR(page)) return PTR_ERR(page);

  const copied = copy_page_from_iter(page, offset, bytes, iter);
  return write_end(inode, page, pos, bytes, copied, iter);
}

// The page comes locked. What a write leaves of it must be there first.
function write_begin(mapping: AddressSpace, index: number, bytes: number): Page | ErrPtr {
  const page = bytes === PAGE_SIZE ? find_or_create_page(mapping, index) : read_mapping_page(mapping, index);
  if (page === null) return ERR_PTR(-ENOMEM);
  if (IS_ERR(page)) return page;

  lock_page_at_rest(page);
  if (page.mapping === mapping) return page;

  // Truncated meanwhile.
  unlock_page(page);
  put_page(page);
  return write_begin(mapping, index, bytes);
}

// A short copy into a page that was never read leaves neither the old nor the new.
function write_end(inode: Inode, page: Page, pos: number, bytes: number, copied: number, iter: IovecIter): number {
  const usable = copied === bytes || PageUptodate(page);
  if (usable) {
    SetPageUptodate(page);
    set_page_dirty(page);
    i_size_write(inode, Math.max(i_size_read(inode), pos + copied));
  } else {
    iov_iter_revert(iter, copied);
  }
  unlock_page(page);
  put_page(page);
  return usable && copied > 0 ? copied : -EFAULT;
}

// A fault while the page is locked could need that very page.
function iov_iter_fault_in_readable(iter: IovecIter, bytes: number): boolean {
  const scratch = new Uint8Array(bytes);
  const ahead = { ...iter };
  let done = 0;
  for (const { iov_base, iov_len } of iter.iov) {
    const skip = Math.min(ahead.iov_offset, iov_len);
    ahead.iov_offset -= skip;
    const piece = scratch.subarray(done, done + iov_len - skip);
    if (piece.length === 0) continue;

    const left = copy_from_user(piece, iov_base + skip);
    done += piece.length - left;
    if (left > 0) break;
  }
  return done > 0;
}
