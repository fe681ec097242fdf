/**
 * Stands for fs/read_write.c, and the direct IO half of generic_file_read_iter() and generic_file_write_iter() of
 * mm/filemap.c.
 *
 * Modelled: the system calls that wait.
 * Left out: file descriptors: a file is passed instead; buffered IO.
 */

import type { File, Kiocb } from "../include/linux/fs.ts";
import { type Iovec, type IovIter, READ, WRITE } from "../include/linux/uio.ts";
import { iov_iter_revert } from "../lib/iov_iter.ts";

/** pread64() - read at a position into memory of the current process */
export function pread64(file: File, buf: number, count: number, pos: number): number {
  return preadv(file, [{ iov_base: buf, iov_len: count }], pos);
}

/** pwrite64() - write at a position from memory of the current process */
export function pwrite64(file: File, buf: number, count: number, pos: number): number {
  return pwritev(file, [{ iov_base: buf, iov_len: count }], pos);
}

/** preadv() - the same with several ranges of memory */
export function preadv(file: File, vec: readonly Iovec[], pos: number): number {
  return file.f_op.read_iter(init_sync_kiocb(file, pos), iov_iter_init(READ, vec));
}

/** pwritev() - the same with several ranges of memory */
export function pwritev(file: File, vec: readonly Iovec[], pos: number): number {
  return file.f_op.write_iter(init_sync_kiocb(file, pos), iov_iter_init(WRITE, vec));
}

/** iov_iter_init() - an iterator over memory of the current process */
export function iov_iter_init(direction: typeof READ | typeof WRITE, iov: readonly Iovec[]): IovIter {
  const count = iov.reduce((sum, { iov_len }) => sum + iov_len, 0);
  return { type: "ITER_IOVEC", direction, iov, iov_offset: 0, count };
}

/** init_sync_kiocb() - a read or write whose caller waits */
export function init_sync_kiocb(file: File, pos: number): Kiocb {
  return { ki_filp: file, ki_pos: pos, ki_complete: null, ki_flags: 0, private: null };
}

/** generic_file_direct_IO() - direct IO of any file, and what of the iterator it has used up */
export function generic_file_direct_IO(iocb: Kiocb, iter: IovIter): number {
  const count = iter.count;
  const retval = iocb.ki_filp.f_inode.direct_IO(iocb, iter);
  const done = Math.max(retval, 0);
  iocb.ki_pos += done;
  iov_iter_revert(iter, count - done - iter.count);
  return retval;
}
