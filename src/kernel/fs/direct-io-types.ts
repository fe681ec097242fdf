/**
 * Stands for the structs at the top of fs/direct-io.c.
 *
 * Modelled: struct dio, which lives until the last bio has ended, and struct dio_submit, which lives on the stack of
 * the submitter.
 * Left out: the file system's hooks submit_io and end_io, polling, access hints.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import type { Bio } from "../include/linux/blk_types.ts";
import type { GetBlock, Inode, Kiocb } from "../include/linux/fs.ts";
import type { Page } from "../include/linux/mm_types.ts";
import type { IovIter } from "../include/linux/uio.ts";
import type { TaskStruct } from "../kernel/sched/core.ts";
import type { WorkStruct } from "../kernel/workqueue.ts";

/** How many pages are pinned at a time. */
export const DIO_PAGES = 64;

interface DioPages {
  readonly kind: "pages";
  readonly pages: Page[];
}

interface DioCompleteWork {
  readonly kind: "complete_work";
  readonly complete_work: WorkStruct;
}

/** One direct IO. */
export interface Dio {
  readonly flags: number;
  readonly op: number;
  readonly inode: Inode;
  /** The size of the file when the IO began. */
  readonly i_size: number;
  readonly iocb: Kiocb;
  readonly is_async: boolean;
  /** The device writes into a process's memory, which must hear of it. */
  readonly should_dirty: boolean;
  defer_completion: boolean;
  /** A negative errno of pinning, reported when the blocks mapped so far are filled. */
  page_errors: number;
  io_error: number;
  /** One for the submitter and one for each bio in flight. */
  refcount: number;
  /** Finished bios of a synchronous IO, linked by bi_private. */
  bio_list: Bio | null;
  waiter: TaskStruct | null;
  /** Bytes sent to the device. */
  result: number;
  /** C's anonymous union: the pages while submitting; the work item after the last bio. */
  u: DioPages | DioCompleteWork;
}

/** The submitter's state. Blocks are of 1 << blkbits bytes, on disk and in the file alike. */
export interface DioSubmit {
  readonly iter: IovIter;
  readonly get_block: GetBlock;
  bio: Bio | null;
  readonly blkbits: number;
  /** Blocks of the file system are 1 << blkfactor times larger. */
  readonly blkfactor: number;
  start_zero_done: boolean;
  /** An estimate, for the size of bios. */
  pages_in_io: number;
  block_in_file: number;
  readonly final_block_in_request: number;
  /** Mapped blocks that are not used yet. */
  blocks_available: number;
  next_block_for_io: number;
  boundary: boolean;
  reap_counter: number;
  final_block_in_bio: number;
  logical_offset_in_bio: number;
  /** A piece of a page that waits for more of the same page; with a reference of its own. */
  cur_page: Page | null;
  cur_page_offset: number;
  cur_page_len: number;
  cur_page_block: number;
  cur_page_fs_offset: number;
  /** Where in the first page the data starts, where in the last it ends. */
  from: number;
  to: number;
  /** The pages not processed yet are [head, tail) of the dio's pages. */
  head: number;
  tail: number;
}

/** dio_pages() - the pages of a dio that is still submitting */
export function dio_pages(dio: Dio): Page[] {
  return dio.u.kind === "pages" ? dio.u.pages : BUG("the pages of a dio that has completed");
}
