/**
 * Stands for the reading side of mm/filemap.c and for mm/readahead.c.
 *
 * Modelled: read(2) through the page cache; reading ahead within one request.
 * Left out: reading ahead of requests, O_NONBLOCK.
 */

import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EFAULT, EINVAL } from "../include/linux/errno.ts";
import { i_size_read, type Kiocb } from "../include/linux/fs.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { AddressSpace, Page } from "../include/linux/mm_types.ts";
import type { IovecIter, IovIter } from "../include/linux/uio.ts";
import { lock_acquire, lock_release } from "../kernel/locking/lockdep.ts";
import { copy_page_to_iter } from "../lib/iov_iter_copy.ts";
import { find_or_create_page, read_mapping_page } from "./filemap.ts";
import { lock_page } from "./page-writeback.ts";
import { put_page } from "./swap.ts";

/** generic_file_buffered_read() - copy from the page cache; returns bytes or a negative errno */
export function generic_file_buffered_read(iocb: Kiocb, iter: IovIter): number {
  if (iter.type !== "ITER_IOVEC") return -EINVAL;

  const inode = iocb.ki_filp.f_inode;
  const left = Math.min(iter.count, i_size_read(inode) - iocb.ki_pos);
  if (left > 0) page_cache_sync_readahead(inode.i_mapping, iocb.ki_pos, left);
  let done = 0;
  while (done < left) {
    const copied = read_one_page(inode.i_mapping, iocb.ki_pos, left - done, iter);
    if (copied <= 0) return done || copied;

    iocb.ki_pos += copied;
    done += copied;
  }
  return done;
}

function read_one_page(mapping: AddressSpace, pos: number, left: number, iter: IovecIter): number {
  const page = read_mapping_page(mapping, pos >> PAGE_SHIFT);
  if (IS_ERR(page)) return PTR_ERR(page);

  const offset = pos % PAGE_SIZE;
  const copied = copy_page_to_iter(page, offset, Math.min(PAGE_SIZE - offset, left), iter);
  put_page(page);
  return copied === 0 ? -EFAULT : copied;
}

// Pages that are not there yet are made, locked and read together. Memory may run out: then fewer are.
function page_cache_sync_readahead(mapping: AddressSpace, pos: number, length: number): void {
  if (mapping.a_ops === null) return;

  lock_acquire();
  const pages: Page[] = [];
  for (let index = pos >> PAGE_SHIFT; index <= (pos + length - 1) >> PAGE_SHIFT; index++) {
    if (mapping.i_pages.has(index)) continue;

    const page = find_or_create_page(mapping, index);
    if (page === null) break;
    lock_page(page);
    pages.push(page);
  }
  mapping.a_ops.readpages(pages);
  lock_release();
  for (const page of pages) put_page(page);
}
