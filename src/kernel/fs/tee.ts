/**
 * Stands for the part of fs/splice.c behind tee().
 *
 * Proves: a buffer is duplicated, ops and all, so a pinned page gets a second holder, whose reference is taken by an
 * operation that cannot know whether it duplicates a pin: in the kernel it is get_page() for every kind.
 * Hops: link_pipe(): ipipe.bufs[] -> ops.get(), generic_pipe_buf_get() -> get_page(); buf -> opipe.bufs[].
 * Left out: waiting on either side.
 */

import { EAGAIN } from "../include/linux/errno.ts";
import { PIPE_BUF_FLAG_GIFT, type PipeInodeInfo, pipe_buf_get } from "../include/linux/pipe_fs_i.ts";

/** do_tee() - let a second pipe have what the first holds, which keeps it; returns bytes or a negative errno */
export function do_tee(ipipe: PipeInodeInfo, opipe: PipeInodeInfo, len: number): number {
  if (ipipe.bufs.length > 0 && opipe.bufs.length === opipe.buffers) return -EAGAIN;
  return link_pipe(ipipe, opipe, len);
}

function link_pipe(ipipe: PipeInodeInfo, opipe: PipeInodeInfo, len: number): number {
  let linked = 0;
  for (const ibuf of ipipe.bufs) {
    if (linked === len || opipe.bufs.length === opipe.buffers) break;

    pipe_buf_get(ipipe, ibuf);
    // A page that two pipes have is no gift to either.
    const obuf = { ...ibuf, flags: ibuf.flags & ~PIPE_BUF_FLAG_GIFT, len: Math.min(ibuf.len, len - linked) };
    opipe.bufs.push(obuf);
    linked += obuf.len;
  }
  return linked;
}
