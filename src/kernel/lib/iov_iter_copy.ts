/**
 * Stands for the copying half of lib/iov_iter.c.
 *
 * Modelled: copies between a page and ranges of the current process's memory, which may end early.
 * Left out: the other kinds of iterators; what pins instead of copying is in lib/iov_iter.ts.
 */

import { copy_from_user, copy_to_user } from "../arch/x86/usercopy.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import type { Page } from "../include/linux/mm_types.ts";
import type { Iovec, IovecIter, READ, WRITE } from "../include/linux/uio.ts";

/** import_iovec() - an iterator over ranges of the current process's memory */
export function import_iovec(direction: typeof READ | typeof WRITE, iov: readonly Iovec[]): IovecIter {
  const count = iov.reduce((sum, { iov_len }) => sum + iov_len, 0);
  return { type: "ITER_IOVEC", direction, iov, iov_offset: 0, count };
}

/** copy_page_to_iter() - a piece of a page into the iterator's memory; returns how many bytes could be copied */
export function copy_page_to_iter(page: Page, offset: number, bytes: number, i: IovecIter): number {
  const from = page_address(page).subarray(offset, offset + Math.min(bytes, i.count));
  return iterate_iovec(i, from, (address, piece) => copy_to_user(address, piece));
}

/** copy_page_from_iter() - the iterator's memory into a piece of a page; returns how many bytes could be copied */
export function copy_page_from_iter(page: Page, offset: number, bytes: number, i: IovecIter): number {
  const to = page_address(page).subarray(offset, offset + Math.min(bytes, i.count));
  return iterate_iovec(i, to, (address, piece) => copy_from_user(piece, address));
}

// @copy returns what it could not copy.
function iterate_iovec(i: IovecIter, bytes: Uint8Array, copy: (address: number, piece: Uint8Array) => number): number {
  let done = 0;
  while (done < bytes.length) {
    const { address, length } = segment_at(i);
    const piece = bytes.subarray(done, done + length);
    const copied = piece.length - copy(address, piece);
    i.iov_offset += copied;
    i.count -= copied;
    done += copied;
    if (copied < piece.length) return done;
  }
  return done;
}

function segment_at(i: IovecIter): { readonly address: number; readonly length: number } {
  let skip = i.iov_offset;
  for (const { iov_base, iov_len } of i.iov) {
    if (skip < iov_len) return { address: iov_base + skip, length: iov_len - skip };
    skip -= iov_len;
  }
  return { address: 0, length: 0 };
}
