/**
 * Stands for fs/pipe.c.
 *
 * Modelled: pipes that are written and read by system calls; the operations of buffers whose pages the kernel allocated,
 * and the generic ones that others are made of.
 * Left out: waiting, packets, writing on into a buffer that has room.
 */

import { copy_from_user, copy_to_user } from "../arch/x86/usercopy.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { EAGAIN, EFAULT, ENOMEM } from "../include/linux/errno.ts";
import { get_page, PAGE_SIZE, page_ref_count } from "../include/linux/mm.ts";
import {
  type PipeBuffer,
  type PipeBufOperations,
  type PipeInodeInfo,
  pipe_buf_release,
} from "../include/linux/pipe_fs_i.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { lock_page } from "../mm/page-writeback.ts";
import { put_page } from "../mm/swap.ts";

/** Of pages that a write to the pipe has filled. */
export const anon_pipe_buf_ops: PipeBufOperations = {
  release: generic_pipe_buf_release,
  steal: generic_pipe_buf_steal,
  get: generic_pipe_buf_get,
};

/** Of pages that were allocated to splice a file into. */
export const default_pipe_buf_ops: PipeBufOperations = {
  release: generic_pipe_buf_release,
  steal: generic_pipe_buf_steal,
  get: generic_pipe_buf_get,
};

/** alloc_pipe_info() - an empty pipe of the usual capacity, open at both ends */
export function alloc_pipe_info(): PipeInodeInfo {
  return { bufs: [], buffers: 16, readers: 1 };
}

/** free_pipe_info() - both ends are closed */
export function free_pipe_info(pipe: PipeInodeInfo): void {
  pipe.readers = 0;
  for (const buf of pipe.bufs.splice(0)) pipe_buf_release(pipe, buf);
}

/** pipe_write() - copy bytes of the current process into the pipe; returns how many, or a negative errno */
export function pipe_write(pipe: PipeInodeInfo, from: number, count: number): number {
  let done = 0;
  while (done < count) {
    const ret = write_page(pipe, from + done, Math.min(count - done, PAGE_SIZE));
    if (ret < 0) return done || ret;

    done += ret;
  }
  return done;
}

/** pipe_read() - copy what the pipe holds to the current process; returns how many bytes, or a negative errno */
export function pipe_read(pipe: PipeInodeInfo, to: number, count: number): number {
  let done = 0;
  for (let buf = pipe.bufs[0]; buf !== undefined && done < count; buf = pipe.bufs[0]) {
    const chars = Math.min(buf.len, count - done);
    const left = copy_to_user(to + done, page_address(buf.page).subarray(buf.offset, buf.offset + chars));
    // As in the kernel, what could be copied of a buffer before a fault is copied again by the next read.
    if (left > 0) return done || -EFAULT;

    done += chars;
    pipe_buf_consume(pipe, buf, chars);
  }
  return done;
}

/** pipe_buf_consume() - the first bytes of the pipe's first buffer are done with, and with the last one the buffer */
export function pipe_buf_consume(pipe: PipeInodeInfo, buf: PipeBuffer, bytes: number): void {
  buf.offset += bytes;
  buf.len -= bytes;
  if (buf.len > 0) return;

  pipe.bufs.splice(0, 1);
  pipe_buf_release(pipe, buf);
}

/** generic_pipe_buf_get() - an ordinary reference */
export function generic_pipe_buf_get(_pipe: PipeInodeInfo, buf: PipeBuffer): void {
  get_page(buf.page);
}

/** generic_pipe_buf_steal() - to be had if nobody else refers to the page */
export function generic_pipe_buf_steal(_pipe: PipeInodeInfo, buf: PipeBuffer): number {
  if (page_ref_count(buf.page) !== 1) return 1;

  lock_page(buf.page);
  return 0;
}

function generic_pipe_buf_release(_pipe: PipeInodeInfo, buf: PipeBuffer): void {
  put_page(buf.page);
}

function write_page(pipe: PipeInodeInfo, from: number, chars: number): number {
  if (pipe.bufs.length === pipe.buffers) return -EAGAIN;

  const page = alloc_page();
  if (page === null) return -ENOMEM;
  if (copy_from_user(page_address(page).subarray(0, chars), from) > 0) {
    put_page(page);
    return -EFAULT;
  }
  pipe.bufs.push({ page, offset: 0, len: chars, ops: anon_pipe_buf_ops, flags: 0 });
  return chars;
}
