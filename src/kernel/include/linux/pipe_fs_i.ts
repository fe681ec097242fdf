/**
 * Stands for include/linux/pipe_fs_i.h.
 *
 * Modelled: a bounded queue of pages, each with the operations that know where it came from: the ops pointer is the only
 * thing that tells a page of a process from one of the kernel's.
 * Left out: readers and writers that wait, confirm().
 */

import type { Page } from "./mm_types.ts";

/** The process has given the page away and will not touch it again. */
export const PIPE_BUF_FLAG_GIFT = 0x04;

/** What can be done with a buffer, by the origin of its page. */
export interface PipeBufOperations {
  /** The buffer leaves the pipe: drop its reference. */
  readonly release: (pipe: PipeInodeInfo, buf: PipeBuffer) => void;
  /** Take the page over, locked; 0, or 1 if it is not to be had. */
  readonly steal: (pipe: PipeInodeInfo, buf: PipeBuffer) => number;
  /** The buffer is about to be in another pipe as well: take one more reference. */
  readonly get: (pipe: PipeInodeInfo, buf: PipeBuffer) => void;
}

/** Some bytes of one page in a pipe. */
export interface PipeBuffer {
  readonly page: Page;
  offset: number;
  len: number;
  readonly ops: PipeBufOperations;
  flags: number;
}

/** A pipe: `buffers` is its capacity. */
export interface PipeInodeInfo {
  readonly bufs: PipeBuffer[];
  readonly buffers: number;
  readers: number;
}

/** pipe_buf_get() - one more reference to a buffer's page */
export function pipe_buf_get(pipe: PipeInodeInfo, buf: PipeBuffer): void {
  buf.ops.get(pipe, buf);
}

/** pipe_buf_release() - drop the pipe's reference to a buffer's page */
export function pipe_buf_release(pipe: PipeInodeInfo, buf: PipeBuffer): void {
  buf.ops.release(pipe, buf);
}

/** pipe_buf_steal() - take the page of a buffer over; 0, or 1 if it is not to be had */
export function pipe_buf_steal(pipe: PipeInodeInfo, buf: PipeBuffer): number {
  return buf.ops.steal(pipe, buf);
}
