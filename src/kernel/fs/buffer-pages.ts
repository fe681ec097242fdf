/**
 * Stands for the part of fs/buffer.c that keeps buffers with a page.
 *
 * Modelled: the buffers of a page hang at page.private, and hold one reference to it together.
 * Left out: buffers that survive their page's removal from the cache.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { type BufferHead, buffer_locked, zeroed_buffer_head } from "../include/linux/buffer_head.ts";
import { page_host } from "../include/linux/fs.ts";
import { get_page, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { put_page } from "../mm/swap.ts";

/** page_buffers() - the buffers of a page that has some */
export function page_buffers(page: Page): readonly BufferHead[] {
  return page.private as readonly BufferHead[];
}

/** create_empty_buffers() - the buffers of a page, made if it has none; they know no block yet */
export function create_empty_buffers(page: Page, blkbits: number): readonly BufferHead[] {
  if (page.private === null) attach_page_buffers(page, alloc_page_buffers(page, 1 << blkbits));
  return page_buffers(page);
}

/** block_invalidatepage() - the page leaves the cache: its buffers are dropped, and their reference with them */
export function block_invalidatepage(page: Page): void {
  BUG_ON(page.private !== null && !try_to_free_buffers(page), `page ${page.pfn} leaves the cache during IO`);
}

/** try_to_free_buffers() - drop a page's buffers unless one is in use; true if it had some and has none now */
export function try_to_free_buffers(page: Page): boolean {
  if (page.private === null || page_buffers(page).some(buffer_locked)) return false;

  page.private = null;
  put_page(page);
  return true;
}

function attach_page_buffers(page: Page, head: readonly BufferHead[]): void {
  get_page(page);
  page.private = head;
}

function alloc_page_buffers(page: Page, b_size: number): readonly BufferHead[] {
  const { s_bdev } = page_host(page).i_sb;
  return Array.from({ length: PAGE_SIZE / b_size }, (_, index) => ({
    ...zeroed_buffer_head(s_bdev),
    b_size,
    b_page: page,
    b_offset: index * b_size,
  }));
}
