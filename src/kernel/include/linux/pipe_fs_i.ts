/**
 * Stands for include/linux/pipe_fs_i.h and the buffers of fs/pipe.c.
 *
 * Modelled: a bounded queue of pages that belong to the kernel.
 * Left out: readers and writers that wait, stealing, user pages in a pipe (vmsplice).
 */

import { put_page } from "../../mm/swap.ts";
import type { Page } from "./mm_types.ts";

/** Some bytes of one page in a pipe. */
export interface PipeBuffer {
  readonly page: Page;
  readonly offset: number;
  len: number;
}

/** A pipe: `buffers` is its capacity. */
export interface PipeInodeInfo {
  readonly bufs: PipeBuffer[];
  readonly buffers: number;
}

/** alloc_pipe_info() - an empty pipe of the usual capacity */
export function alloc_pipe_info(): PipeInodeInfo {
  return { bufs: [], buffers: 16 };
}

/** pipe_buf_release() - drop the pipe's reference to a buffer's page */
export function pipe_buf_release(buf: PipeBuffer): void {
  put_page(buf.page);
}
