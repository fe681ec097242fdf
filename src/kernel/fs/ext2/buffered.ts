/**
 * Stands for the buffered side of fs/ext2/inode.c and file.c.
 *
 * Modelled: a file of ext2 opened without O_DIRECT: reads and writes go through the page cache, which fs/mpage.ts fills
 * and writes back.
 * Left out: that both sides of one file see each other's data.
 */

import { BUG_ON } from "../../include/asm-generic/bug.ts";
import type { File, FileOperations, Inode } from "../../include/linux/fs.ts";
import { PAGE_SHIFT } from "../../include/linux/mm.ts";
import type { AddressSpaceOperations } from "../../include/linux/mm_types.ts";
import { generic_file_buffered_read } from "../../mm/filemap-read.ts";
import { filemap_fdatawait, generic_perform_write } from "../../mm/filemap-write.ts";
import { block_invalidatepage, try_to_free_buffers } from "../buffer-pages.ts";
import { do_writepages } from "../fs-writeback.ts";
import { mpage_readpage, mpage_readpages, mpage_writepages } from "../mpage.ts";
import { ext2_get_block } from "./blocks.ts";

const ext2_aops: AddressSpaceOperations = {
  readpage: (page) => mpage_readpage(page, ext2_get_block),
  readpages: (pages) => mpage_readpages(pages, ext2_get_block),
  writepages: (mapping) => mpage_writepages(mapping, ext2_get_block),
  invalidatepage: block_invalidatepage,
  releasepage: try_to_free_buffers,
  page_mkwrite: () => {},
};

const buffered_operations: FileOperations = {
  read_iter: generic_file_buffered_read,
  write_iter: generic_perform_write,
};

/** ext2_open_buffered() - the file, through its page cache */
export function ext2_open_buffered(inode: Inode): File {
  BUG_ON(inode.i_blkbits > PAGE_SHIFT, "a block that is larger than a page cannot be cached");
  inode.i_mapping.a_ops = ext2_aops;
  return { f_op: buffered_operations, f_inode: inode };
}

/** ext2_fsync() - write all dirty pages and wait; returns 0 or a negative errno */
export function ext2_fsync(inode: Inode): number {
  do_writepages(inode.i_mapping);
  return filemap_fdatawait(inode.i_mapping);
}
