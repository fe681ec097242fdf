/**
 * Stands for fs/splice.c.
 *
 * Modelled: from a file into a pipe (pages of the pipe are the buffer) and from a pipe into a file (the pipe's pages
 * are given as they are). No page is pinned by get_user_pages() on either way.
 * Left out: sockets, stealing pages, vmsplice.
 */

import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { type PipeInodeInfo, pipe_buf_release } from "../include/linux/pipe_fs_i.ts";
import { type IovIter, READ, WRITE } from "../include/linux/uio.ts";
import { iov_iter_revert } from "../lib/iov_iter.ts";
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

/** free_pipe_info() - both ends are closed */
export function free_pipe_info(pipe: PipeInodeInfo): void {
  for (const buf of pipe.bufs.splice(0)) pipe_buf_release(buf);
}

function dismiss_fully_eaten_bufs(pipe: PipeInodeInfo, written: number): void {
  let left = written;
  while (pipe.bufs[0] !== undefined && pipe.bufs[0].len <= left) {
    const [buf] = pipe.bufs.splice(0, 1);
    if (buf === undefined) return;

    left -= buf.len;
    pipe_buf_release(buf);
  }
}
