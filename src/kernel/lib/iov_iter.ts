/**
 * Stands for lib/iov_iter.c.
 *
 * Modelled: walking an iterator, and iov_iter_get_pages(), whose pages have three origins behind one signature: pinned
 * by get_user_pages_fast(), or taken with get_page() from given pages or from a pipe. All are released alike.
 * Left out: copying to and from iterators, ITER_KVEC.
 */

import { default_pipe_buf_ops } from "../fs/pipe.ts";
import type { BioVec } from "../include/linux/bvec.ts";
import { EFAULT } from "../include/linux/errno.ts";
import { get_page, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { pipe_buf_release } from "../include/linux/pipe_fs_i.ts";
import {
  type BvecIovIter,
  type IovecIter,
  type IovIter,
  type OutNumber,
  type PipeIter,
  READ,
} from "../include/linux/uio.ts";
import { get_user_pages_fast } from "../mm/gup.ts";
import { alloc_page } from "../mm/page_alloc.ts";

/**
 * iov_iter_get_pages() - append the pages behind the iterator's place to @pages, each with a reference
 *
 * Returns the bytes they cover from *@start in the first page on, which may be fewer than asked for, or a negative errno.
 */
export function iov_iter_get_pages(
  i: IovIter,
  pages: Page[],
  maxsize: number,
  maxpages: number,
  start: OutNumber,
): number {
  const size = Math.min(maxsize, i.count);
  if (size === 0) return 0;

  switch (i.type) {
    case "ITER_IOVEC":
      return iovec_get_pages(i, pages, size, maxpages, start);
    case "ITER_BVEC":
      return bvec_get_pages(i, pages, size, start);
    case "ITER_PIPE":
      return pipe_get_pages(i, pages, size, maxpages, start);
  }
}

/** iov_iter_advance() - move forward; buffers of a pipe beyond the new place are released */
export function iov_iter_advance(i: IovIter, size: number): void {
  i.iov_offset += size;
  i.count -= size;
  if (i.type === "ITER_PIPE") pipe_truncate(i);
}

/** iov_iter_revert() - move back over what was not transferred after all */
export function iov_iter_revert(i: IovIter, unroll: number): void {
  iov_iter_advance(i, -unroll);
}

/** iov_iter_truncate() - transfer at most @count more bytes */
export function iov_iter_truncate(i: IovIter, count: number): void {
  i.count = Math.min(i.count, count);
}

/** iov_iter_alignment() - all the low bits that occur in addresses and lengths */
export function iov_iter_alignment(i: IovIter): number {
  switch (i.type) {
    case "ITER_IOVEC":
      return i.iov.reduce((bits, { iov_base, iov_len }) => bits | iov_base | iov_len, 0);
    case "ITER_BVEC":
      return i.bvec.reduce((bits, { bv_offset, bv_len }) => bits | bv_offset | bv_len, 0);
    case "ITER_PIPE":
      return i.iov_offset | i.count;
  }
}

/** iov_iter_npages() - how many pages the rest of the iterator touches, at most @maxpages */
export function iov_iter_npages(i: IovIter, maxpages: number): number {
  switch (i.type) {
    case "ITER_IOVEC":
      return Math.min(maxpages, iovec_npages(i));
    case "ITER_BVEC":
      return Math.min(maxpages, iov_iter_rest(i).length);
    case "ITER_PIPE":
      return Math.min(maxpages, pages_touched(i.iov_offset, i.count));
  }
}

/** iter_is_iovec() - is it the memory of a process */
export function iter_is_iovec(i: IovIter): boolean {
  return i.type === "ITER_IOVEC";
}

/** iov_iter_rest() - the pieces of given pages that are left */
export function iov_iter_rest(i: BvecIovIter): readonly BioVec[] {
  const rest: BioVec[] = [];
  let skip = i.iov_offset;
  let left = i.count;
  for (const { bv_page, bv_len, bv_offset } of i.bvec) {
    const done = Math.min(skip, bv_len);
    const len = Math.min(bv_len - done, left);
    if (len > 0) rest.push({ bv_page, bv_len: len, bv_offset: bv_offset + done });
    skip -= done;
    left -= len;
  }
  return rest;
}

function iovec_get_pages(i: IovecIter, pages: Page[], maxsize: number, maxpages: number, start: OutNumber): number {
  const segment = current_segment(i);
  start.value = segment.address % PAGE_SIZE;
  const len = Math.min(start.value + Math.min(segment.length, maxsize), maxpages * PAGE_SIZE);
  const n = Math.ceil(len / PAGE_SIZE);
  const res = get_user_pages_fast(segment.address - start.value, n, i.direction === READ, pages);
  if (res < 0) return res;
  return (res === n ? len : res * PAGE_SIZE) - start.value;
}

function bvec_get_pages(i: BvecIovIter, pages: Page[], maxsize: number, start: OutNumber): number {
  let skip = i.iov_offset;
  for (const v of i.bvec) {
    if (skip < v.bv_len) {
      start.value = v.bv_offset + skip;
      get_page(v.bv_page);
      pages.push(v.bv_page);
      return Math.min(v.bv_len - skip, maxsize);
    }
    skip -= v.bv_len;
  }
  return -EFAULT;
}

function pipe_get_pages(i: PipeIter, pages: Page[], maxsize: number, maxpages: number, start: OutNumber): number {
  start.value = i.iov_offset % PAGE_SIZE;
  const first = i.start_idx + Math.floor(i.iov_offset / PAGE_SIZE);
  const n = Math.min(maxpages, pages_touched(start.value, maxsize));
  push_pipe(i, first + n);
  const bufs = i.pipe.bufs.slice(first, first + n);
  if (bufs.length === 0) return -EFAULT;

  // As in C, `get_page(*pages++ = …)`: the reference is taken on what is in the array now.
  for (const buf of bufs) pages.push(buf.page);
  for (const page of pages.slice(-bufs.length)) get_page(page);
  return Math.min(maxsize, bufs.length * PAGE_SIZE - start.value);
}

// Add pages until the pipe has @length buffers, is full, or memory has run out.
function push_pipe(i: PipeIter, length: number): void {
  const { pipe } = i;
  while (pipe.bufs.length < Math.min(length, pipe.buffers)) {
    const page = alloc_page();
    if (page === null) return;

    pipe.bufs.push({ page, offset: 0, len: PAGE_SIZE, ops: default_pipe_buf_ops, flags: 0 });
  }
}

function pipe_truncate(i: PipeIter): void {
  const { bufs } = i.pipe;
  const kept = i.start_idx + Math.ceil(i.iov_offset / PAGE_SIZE);
  for (const buf of bufs.splice(kept)) pipe_buf_release(i.pipe, buf);

  const last = i.iov_offset > 0 ? bufs[kept - 1] : undefined;
  if (last !== undefined) last.len = i.iov_offset % PAGE_SIZE || PAGE_SIZE;
}

function current_segment(i: IovecIter): { readonly address: number; readonly length: number } {
  let skip = i.iov_offset;
  for (const { iov_base, iov_len } of i.iov) {
    if (skip < iov_len) return { address: iov_base + skip, length: iov_len - skip };
    skip -= iov_len;
  }
  return { address: 0, length: 0 };
}

function iovec_npages(i: IovecIter): number {
  let skip = i.iov_offset;
  let left = i.count;
  let npages = 0;
  for (const { iov_base, iov_len } of i.iov) {
    const done = Math.min(skip, iov_len);
    const len = Math.min(iov_len - done, left);
    if (len > 0) npages += pages_touched(iov_base + done, len);
    skip -= done;
    left -= len;
  }
  return npages;
}

function pages_touched(address: number, length: number): number {
  return Math.ceil(((address % PAGE_SIZE) + length) / PAGE_SIZE);
}
