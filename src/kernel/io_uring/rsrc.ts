/**
 * Stands for io_uring/rsrc.c of Linux 6.1. There is no io_uring in 4.19; this is the shape that it brought: borrowing.
 *
 * Proves: pages that are pinned once and lent for every IO. The array of pieces is filled with pins and handed to bios as
 * it is, without references; the bio has the same bv_page as ever and must not release it (BIO_NO_PAGE_REF). The type
 * can say that a piece holds a pinned page; it cannot say that the bio only borrows it.
 * Hops: io_pin_pages() -> pages -> imu.bvec[].bv_page -> ITER_BVEC -> bio.bi_io_vec[].bv_page (borrowed), and
 * imu.bvec[].bv_page -> io_buffer_unmap(): put_page().
 * Left out: tables of buffers, accounting of locked memory, huge pages in one piece, files that are refused.
 */

import type { BioVec } from "../include/linux/bvec.ts";
import { ERR_PTR, type ErrPtr, IS_ERR } from "../include/linux/err.ts";
import { EFAULT } from "../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SHIFT, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page, VmAreaStruct } from "../include/linux/mm_types.ts";
import type { BvecIovIter, READ, WRITE } from "../include/linux/uio.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { current } from "../kernel/sched/core.ts";
import { get_user_pages_longterm } from "../mm/gup.ts";
import { put_page } from "../mm/swap.ts";

/** A registered buffer: [ubuf, ubuf_end) of a process, pinned. */
export interface IoMappedUbuf {
  readonly ubuf: number;
  readonly ubuf_end: number;
  readonly bvec: BioVec[];
  /** One for the registration, one for each request in flight. */
  refs: number;
}

/** io_sqe_buffer_register() - pin a buffer of the current process; or an errno */
export function io_sqe_buffer_register(ubuf: number, len: number): IoMappedUbuf | ErrPtr {
  const pages = io_pin_pages(ubuf, len);
  if (IS_ERR(pages)) return pages;

  const imu: IoMappedUbuf = { ubuf, ubuf_end: ubuf + len, bvec: [], refs: 1 };
  let left = len;
  let bv_offset = ubuf % PAGE_SIZE;
  for (const bv_page of pages) {
    const bv_len = Math.min(left, PAGE_SIZE - bv_offset);
    imu.bvec.push({ bv_page, bv_len, bv_offset });
    bv_offset = 0;
    left -= bv_len;
  }
  return imu;
}

/** io_import_fixed() - an iterator over a part of a registered buffer, whose pages it borrows; or an errno */
export function io_import_fixed(
  direction: typeof READ | typeof WRITE,
  imu: IoMappedUbuf,
  buf_addr: number,
  len: number,
): BvecIovIter | ErrPtr {
  if (buf_addr < imu.ubuf || buf_addr + len > imu.ubuf_end) return ERR_PTR(-EFAULT);

  const iov_offset = buf_addr - imu.ubuf;
  return { type: "ITER_BVEC", direction, bvec: imu.bvec, iov_offset, count: len, no_ref: true };
}

/** io_rsrc_get() - a request begins to use the buffer */
export function io_rsrc_get(imu: IoMappedUbuf): void {
  imu.refs++;
}

/** io_rsrc_put() - a request, or the registration, is over; the last one unpins */
export function io_rsrc_put(imu: IoMappedUbuf): void {
  imu.refs--;
  if (imu.refs === 0) io_buffer_unmap(imu);
}

function io_buffer_unmap(imu: IoMappedUbuf): void {
  for (const bvec of imu.bvec.splice(0)) put_page(bvec.bv_page);
}

// All pages or none.
function io_pin_pages(ubuf: number, len: number): Page[] | ErrPtr {
  const start = ubuf >> PAGE_SHIFT;
  const nr_pages = Math.ceil((ubuf + len) / PAGE_SIZE) - start;
  const pages: Page[] = [];
  const vmas: VmAreaStruct[] = [];
  const { mmap_sem } = current().mm;
  down_read(mmap_sem);
  const pret = get_user_pages_longterm(start << PAGE_SHIFT, nr_pages, FOLL_WRITE, pages, vmas);
  up_read(mmap_sem);
  if (pret === nr_pages) return pages;

  for (const page of pages) put_page(page);
  return ERR_PTR(pret < 0 ? pret : -EFAULT);
}
