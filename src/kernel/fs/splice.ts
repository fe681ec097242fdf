/**
 * Stands for fs/splice.c.
 *
 * Modelled: from a file into a pipe (pages of the pipe are the buffer) and from a pipe into a file (the pipe's pages
 * are given as they are). No page is pinned by get_user_pages() on either way.
 * What puts pinned pages into a pipe is in fs/vmsplice.ts, what duplicates buffers in fs/tee.ts.
 * Left out: sockets.
 */

import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { PipeInodeInfo } from "../include/linux/pipe_fs_i.ts";
import { type IovIter, READ, WRITE } from "../include/linux/uio.ts";
import { iov_iter_revert } from "../lib/iov_iter.ts";
import { pipe_buf_consume } from "./pipe.ts";
import { init_sync_kiocb } from "./read_write.ts";

/** generic_file_splice_read() - fill a pipe from a file; returns bytes or a negative errno */
export function generic_file_splice_read(file: File, pos: number, pipe: PipeInodeInfo, len: number): number {
  const space = (pipe.buffers - pipe.bufs.length) * PAGE_SIZE;
  const to: IovIter = {
    type: "ITER_PIPE",
    direction: READ,
    pipe,
    start_idx: pipe.bufs.length,
    iov_offset: 0,
    count: Math.min(len, space),
  };
  const ret = file.f_op.read_iter(init_sync_kiocb(file, pos), to);
  // Pages that were added for an IO that failed leave the pipe.
  if (ret < 0) iov_iter_revert(to, to.iov_offset);
  return ret;
}

/** iter_file_splice_write() - write a pipe's contents to a file; returns bytes or a negative errno */
export function iter_file_splice_write(pipe: PipeInodeInfo, file: File, pos: number): number {
  const bvec = pipe.bufs.map((buf) => ({ bv_page: buf.page, bv_len: buf.len, bv_offset: buf.offset }));
  const count = bvec.reduce((sum, { bv_len }) => sum + bv_len, 0);
  const from: IovIter = { type: "ITER_BVEC", direction: WRITE, bvec, iov_offset: 0, count };
  const ret = file.f_op.write_iter(init_sync_kiocb(file, pos), from);
  dismiss_fully_eaten_bufs(pipe, ret);
  return ret;
}

function dismiss_fully_eaten_bufs(pipe: PipeInodeInfo, written: number): void {
  let left = written;
  for (let buf = pipe.bufs[0]; buf !== undefined && left > 0; buf = pipe.bufs[0]) {
    const eaten = Math.min(left, buf.len);
    left -= eaten;
    pipe_buf_consume(pipe, buf, eaten);
  }
}
