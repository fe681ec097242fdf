/**
 * Stands for the part of fs/splice.c that puts the memory of a process into a pipe.
 *
 * Proves: the release is chosen by an ops table. A pipe's buffer holds a page that get_user_pages() pinned, or one of the
 * kernel's, in the same field; what becomes of it is asked of buf.ops. The table tells the kinds apart at run time, and
 * even then both end in one put_page(): no type of the field tells which it is.
 * Hops: iter_to_pipe() -> iov_iter_get_pages(pages) -> pages[] -> pipe_buffer.page -> add_to_pipe() -> pipe.bufs[] ->
 * ops.release(), page_cache_pipe_buf_release() -> put_page(); full pipes release in add_to_pipe(), the rest of a failed
 * batch in iter_to_pipe().
 * Left out: waiting for room, alarms of a pipe without readers (the error is kept), vmsplice() out of a pipe, which is a
 * read.
 */

import { EAGAIN, EPIPE } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import {
  PIPE_BUF_FLAG_GIFT,
  type PipeBuffer,
  type PipeBufOperations,
  type PipeInodeInfo,
  pipe_buf_release,
} from "../include/linux/pipe_fs_i.ts";
import { type Iovec, type IovIter, type OutNumber, WRITE } from "../include/linux/uio.ts";
import { iov_iter_advance, iov_iter_get_pages } from "../lib/iov_iter.ts";
import { put_page } from "../mm/swap.ts";
import { generic_pipe_buf_get, generic_pipe_buf_steal } from "./pipe.ts";
import { iov_iter_init } from "./read_write.ts";

/** The process will not touch the pages again: whoever reads the pipe may have them. */
export const SPLICE_F_GIFT = 0x08;

const PAGES_AT_ONCE = 16;

const user_page_pipe_buf_ops: PipeBufOperations = {
  release: page_cache_pipe_buf_release,
  steal: user_page_pipe_buf_steal,
  get: generic_pipe_buf_get,
};

/** vmsplice_to_pipe() - pin memory of the current process and let the pipe have it; returns bytes or a negative errno */
export function vmsplice_to_pipe(pipe: PipeInodeInfo, iov: readonly Iovec[], flags: number): number {
  const gift = (flags & SPLICE_F_GIFT) !== 0 ? PIPE_BUF_FLAG_GIFT : 0;
  return iter_to_pipe(iov_iter_init(WRITE, iov), pipe, gift);
}

function iter_to_pipe(from: IovIter, pipe: PipeInodeInfo, flags: number): number {
  let total = 0;
  while (from.count > 0) {
    const pages: Page[] = [];
    const start: OutNumber = { value: 0 };
    const copied = iov_iter_get_pages(from, pages, Number.MAX_SAFE_INTEGER, PAGES_AT_ONCE, start);
    if (copied <= 0) return total || copied;

    const ret = pages_to_pipe(pages, start.value, copied, pipe, flags);
    iov_iter_advance(from, ret.added);
    total += ret.added;
    if (ret.error !== 0) return total || ret.error;
  }
  return total;
}

// Once the pipe refuses a page, the others of the batch are put here.
function pages_to_pipe(pages: readonly Page[], start: number, copied: number, pipe: PipeInodeInfo, flags: number) {
  let [added, error, offset, left] = [0, 0, start, copied];
  for (const page of pages) {
    const len = Math.min(left, PAGE_SIZE - offset);
    if (error === 0) {
      const ret = add_to_pipe(pipe, { page, offset, len, ops: user_page_pipe_buf_ops, flags });
      if (ret < 0) error = ret;
      else added += ret;
    } else {
      put_page(page);
    }
    left -= len;
    offset = 0;
  }
  return { added, error };
}

// The buffer's reference is the pipe's from now on, or is dropped.
function add_to_pipe(pipe: PipeInodeInfo, buf: PipeBuffer): number {
  if (pipe.readers > 0 && pipe.bufs.length < pipe.buffers) {
    pipe.bufs.push(buf);
    return buf.len;
  }
  pipe_buf_release(pipe, buf);
  return pipe.readers > 0 ? -EAGAIN : -EPIPE;
}

function page_cache_pipe_buf_release(_pipe: PipeInodeInfo, buf: PipeBuffer): void {
  put_page(buf.page);
}

// Only a page that was given away, and that its process has unmapped since.
function user_page_pipe_buf_steal(pipe: PipeInodeInfo, buf: PipeBuffer): number {
  if ((buf.flags & PIPE_BUF_FLAG_GIFT) === 0) return 1;
  return generic_pipe_buf_steal(pipe, buf);
}
