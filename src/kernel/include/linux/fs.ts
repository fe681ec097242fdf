/**
 * Stands for include/linux/fs.h.
 *
 * Modelled: inode, super block, open file, and kiocb, one running read or write.
 * Left out: names, permissions, locks; a file is opened either O_DIRECT or buffered, by its operations.
 * a_ops->direct_IO sits in the inode, because a page's mapping needs no operations.
 */

import type { WorkqueueStruct } from "../../kernel/workqueue.ts";
import { BUG } from "../asm-generic/bug.ts";
import type { BlockDevice } from "./blk_types.ts";
import type { BufferHead } from "./buffer_head.ts";
import { PAGE_SIZE } from "./mm.ts";
import type { AddressSpace, Page } from "./mm_types.ts";
import type { IovIter } from "./uio.ts";

/** Leave holes inside the file to buffered IO. */
export const DIO_SKIP_HOLES = 0x02;

/** The data must be on the medium when the write is reported. */
export const IOCB_DSYNC = 1 << 4;

/** A mounted file system. */
export interface SuperBlock {
  readonly s_bdev: BlockDevice;
  /** Made when the first asynchronous write comes. */
  s_dio_done_wq: WorkqueueStruct | null;
  /** The file system's own. */
  readonly s_fs_info: unknown;
}

/** A file on disk. */
export interface Inode {
  readonly i_sb: SuperBlock;
  i_size: number;
  readonly i_blkbits: number;
  /** The file's cached pages; direct IO does without. */
  readonly i_mapping: AddressSpace;
  readonly direct_IO: (iocb: Kiocb, iter: IovIter) => number;
  /** Direct IOs in progress. */
  i_dio_count: number;
  /** How often fsync was asked for. */
  synced: number;
  /** The file system's own. */
  readonly i_private: unknown;
}

/** What can be done with an open file. */
export interface FileOperations {
  readonly read_iter: (iocb: Kiocb, to: IovIter) => number;
  readonly write_iter: (iocb: Kiocb, from: IovIter) => number;
}

/** An open file. */
export interface File {
  readonly f_op: FileOperations;
  readonly f_inode: Inode;
}

/** One running read or write. */
export interface Kiocb {
  readonly ki_filp: File;
  ki_pos: number;
  /** null for system calls that wait. */
  readonly ki_complete: ((iocb: Kiocb, ret: number) => void) | null;
  readonly ki_flags: number;
  /** The submitter's. */
  readonly private: unknown;
}

/** Finds or makes the blocks of a file. */
export type GetBlock = (inode: Inode, iblock: number, bh_result: BufferHead, create: boolean) => number;

/** is_sync_kiocb() - does the caller wait for the result */
export function is_sync_kiocb(iocb: Kiocb): boolean {
  return iocb.ki_complete === null;
}

/** i_size_read() - bytes of the file */
export function i_size_read(inode: Inode): number {
  return inode.i_size;
}

/** i_size_write() - the file has @size bytes from now on */
export function i_size_write(inode: Inode, size: number): void {
  inode.i_size = size;
  inode.i_mapping.nr_pages = Math.ceil(size / PAGE_SIZE);
}

/** address_space_init_once() - the cache of an inode of @size bytes, empty; `host` is set by whoever makes the inode */
export function address_space_init_once(size: number): AddressSpace {
  return {
    a_ops: null,
    host: null,
    wb_err: 0,
    i_pages: new Map(),
    i_mmap: [],
    nr_pages: Math.ceil(size / PAGE_SIZE),
    dax: false,
  };
}

/** page_host() - the inode whose page this is */
export function page_host(page: Page): Inode {
  return (page.mapping?.host ?? BUG(`page ${page.pfn} belongs to no inode`)) as Inode;
}

/** inode_dio_begin() - a direct IO starts */
export function inode_dio_begin(inode: Inode): void {
  inode.i_dio_count++;
}

/** inode_dio_end() - a direct IO is over */
export function inode_dio_end(inode: Inode): void {
  inode.i_dio_count--;
}
