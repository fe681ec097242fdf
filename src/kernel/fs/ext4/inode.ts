/**
 * Stands for the part of fs/ext4/inode.c that a device's late write into a pinned page breaks.
 *
 * Modelled: page_mkwrite() prepares a page for its writeback, by giving it buffers; writeback relies on it. A dirty page
 * without buffers was dirtied behind the file system's back: up to v5.16 that stops the machine, since v5.17 (Linux commit
 * cc5095747edf) it is a warning, and the page is not written.
 * Left out: the journal, extents and delayed allocation: where the blocks are is asked of ext2.
 */

import { BUG } from "../../include/asm-generic/bug.ts";
import type { File, FileOperations, Inode } from "../../include/linux/fs.ts";
import { page_host } from "../../include/linux/fs.ts";
import type { AddressSpace, AddressSpaceOperations, Page } from "../../include/linux/mm_types.ts";
import { generic_file_buffered_read } from "../../mm/filemap-read.ts";
import { filemap_fdatawait, generic_perform_write } from "../../mm/filemap-write.ts";
import { unlock_page } from "../../mm/page-writeback.ts";
import { block_write_full_page } from "../buffer.ts";
import { block_invalidatepage, create_empty_buffers, try_to_free_buffers } from "../buffer-pages.ts";
import { ext2_get_block } from "../ext2/blocks.ts";
import { do_writepages, write_cache_pages } from "../fs-writeback.ts";
import { mpage_readpage, mpage_readpages } from "../mpage.ts";

/** What a dirty page without buffers means, by the version of Linux. */
export type Ext4Version = "v4.19" | "v5.17";

const file_operations: FileOperations = { read_iter: generic_file_buffered_read, write_iter: generic_perform_write };

/** ext4_open() - a file of a file system that must know of every write to come */
export function ext4_open(inode: Inode, version: Ext4Version): File {
  inode.i_mapping.a_ops = ext4_aops(version);
  return { f_op: file_operations, f_inode: inode };
}

/** ext4_sync_file() - write all dirty pages and wait; returns 0 or a negative errno */
export function ext4_sync_file(inode: Inode): number {
  do_writepages(inode.i_mapping);
  return filemap_fdatawait(inode.i_mapping);
}

function ext4_aops(version: Ext4Version): AddressSpaceOperations {
  return {
    readpage: (page) => mpage_readpage(page, ext2_get_block),
    readpages: (pages) => mpage_readpages(pages, ext2_get_block),
    writepages: (mapping) => ext4_writepages(mapping, version),
    invalidatepage: block_invalidatepage,
    releasepage: try_to_free_buffers,
    page_mkwrite: ext4_page_mkwrite,
  };
}

function ext4_page_mkwrite(page: Page): void {
  create_empty_buffers(page, page_host(page).i_blkbits);
}

function ext4_writepages(mapping: AddressSpace, version: Ext4Version): number {
  return write_cache_pages(mapping, (page) => ext4_writepage(page, version));
}

function ext4_writepage(page: Page, version: Ext4Version): void {
  if (page.private !== null) {
    block_write_full_page(page, ext2_get_block);
    return;
  }
  if (version === "v4.19") BUG(`ext4_writepage() on page ${page.pfn} without buffers`);
  unlock_page(page);
}
