/**
 * Stands for the part of fs/fuse/dev.c that takes pages out of a pipe.
 *
 * Proves: stealing converts. A page that a process has given away becomes a page of the page cache, which has nothing to
 * do with pins; its type would have to change at that very place. What the pipe has left is put as any buffer is.
 * Hops: fuse_notify_store() -> pipe.bufs[0] -> fuse_try_move_page(buf): ops.steal() -> replace_page_cache_page() ->
 * a slot of the radix tree, a `void *` in C; the pipe's reference -> ops.release().
 * Left out: everything else of FUSE: requests, replies, its other messages.
 */

import { page_address } from "../../include/asm-generic/memory_model.ts";
import { EIO, ENOMEM } from "../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { AddressSpace, Page } from "../../include/linux/mm_types.ts";
import { SetPageUptodate } from "../../include/linux/page-flags.ts";
import { type PipeBuffer, type PipeInodeInfo, pipe_buf_steal } from "../../include/linux/pipe_fs_i.ts";
import { find_or_create_page, replace_page_cache_page } from "../../mm/filemap.ts";
import { unlock_page } from "../../mm/page-writeback.ts";
import { put_page } from "../../mm/swap.ts";
import { pipe_buf_consume } from "../pipe.ts";

/** fuse_notify_store() - the first buffer of a pipe is a page of a file's contents; returns bytes or a negative errno */
export function fuse_notify_store(pipe: PipeInodeInfo, mapping: AddressSpace, index: number): number {
  const [buf] = pipe.bufs;
  if (buf === undefined) return -EIO;

  const oldpage = find_or_create_page(mapping, index);
  if (oldpage === null) return -ENOMEM;

  const { len } = buf;
  if (fuse_try_move_page(pipe, buf, oldpage) !== 0) fuse_copy_page(buf, oldpage);
  put_page(oldpage);
  pipe_buf_consume(pipe, buf, len);
  return len;
}

function fuse_try_move_page(pipe: PipeInodeInfo, buf: PipeBuffer, oldpage: Page): number {
  if (buf.len !== PAGE_SIZE || pipe_buf_steal(pipe, buf) !== 0) return 1;

  const newpage = buf.page;
  SetPageUptodate(newpage);
  replace_page_cache_page(oldpage, newpage);
  unlock_page(newpage);
  return 0;
}

function fuse_copy_page(buf: PipeBuffer, oldpage: Page): void {
  page_address(oldpage).set(page_address(buf.page).subarray(buf.offset, buf.offset + buf.len));
  SetPageUptodate(oldpage);
}
