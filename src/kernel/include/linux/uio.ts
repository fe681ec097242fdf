/**
 * Stands for include/linux/uio.h.
 *
 * Modelled: one iterator over three kinds of memory: a process's (ITER_IOVEC), given pages (ITER_BVEC), a pipe that is
 * filled on the way (ITER_PIPE). `iov_offset` counts from the very beginning, so advance and revert are additions.
 * Left out: ITER_KVEC, which iov_iter_get_pages() refuses.
 */

import type { BioVec } from "./bvec.ts";
import type { PipeInodeInfo } from "./pipe_fs_i.ts";

/** Data flows into the iterator's memory. */
export const READ = 0;
/** Data flows out of the iterator's memory. */
export const WRITE = 1;

/** A range of a process's memory. */
export interface Iovec {
  readonly iov_base: number;
  readonly iov_len: number;
}

interface IterProgress {
  readonly direction: typeof READ | typeof WRITE;
  iov_offset: number;
  count: number;
}

/** Over a process's memory. */
export interface IovecIter extends IterProgress {
  readonly type: "ITER_IOVEC";
  readonly iov: readonly Iovec[];
}

/** Over given pages. */
export interface BvecIovIter extends IterProgress {
  readonly type: "ITER_BVEC";
  readonly bvec: readonly BioVec[];
  /** The pages are lent for the time of the IO: no reference of its own is needed (ITER_BVEC_FLAG_NO_REF, Linux 5.1). */
  readonly no_ref?: true;
}

/** Over pages that are added to a pipe as they are asked for. `start_idx` is the first buffer that is ours. */
export interface PipeIter extends IterProgress {
  readonly type: "ITER_PIPE";
  readonly pipe: PipeInodeInfo;
  readonly start_idx: number;
}

/** Memory that an IO reads from or writes to, and how far it has come. */
export type IovIter = IovecIter | BvecIovIter | PipeIter;

/** Where C passes the address of a number to be set. */
export interface OutNumber {
  value: number;
}
