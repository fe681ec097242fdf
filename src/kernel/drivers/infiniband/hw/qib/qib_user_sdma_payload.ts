/**
 * Stands for the payload half of drivers/infiniband/hw/qib/qib_user_sdma.c.
 *
 * Proves: mixing per element. One field holds pages that get_user_pages_fast() pinned and pages of alloc_page(); the flag
 * beside it says which release is right, fragment by fragment, and a parameter says it before there is a fragment.
 * Hops: qib_user_sdma_pin_pages() -> pages[8] -> qib_user_sdma_page_to_frags() -> QibUserSdmaFrag.page ->
 * qib_user_sdma_free_pkt_frag() -> put_page(), or __free_page() for the page of qib_user_sdma_coalesce().
 *
 * Modelled: pinning in batches of eight; too many small pieces copied into one page; pages cut at packet boundaries; a
 * callee that consumes the page it fails on, so that the caller releases the rest of its batch only.
 * Left out: expected receives (tid), checksums.
 */

import { copy_from_user } from "../../../../arch/x86/usercopy.ts";
import { page_address } from "../../../../include/asm-generic/memory_model.ts";
import { EFAULT, ENOMEM } from "../../../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../../../include/linux/mm.ts";
import type { Page } from "../../../../include/linux/mm_types.ts";
import type { Iovec } from "../../../../include/linux/uio.ts";
import { DMA_MAPPING_ERROR, dma_map_page, dma_unmap_page } from "../../../../kernel/dma/direct.ts";
import { dma_pool_free } from "../../../../mm/dmapool.ts";
import { get_user_pages_fast } from "../../../../mm/gup.ts";
import { __free_page, alloc_page } from "../../../../mm/page_alloc.ts";
import { put_page } from "../../../../mm/swap.ts";
import { qib_user_sdma_next_header } from "./qib_user_sdma_header.ts";
import type { QibUserSdmaPkt } from "./qib_user_sdma_types.ts";

const PAGES_PER_BATCH = 8;

/** Fragments of a packet that is not cut; with as many pages it is copied. */
export const QIB_USER_SDMA_ADDRS = 4;

/** qib_user_sdma_init_payload() - add the memory behind a header to its packet; returns a negative errno on failure */
export function qib_user_sdma_init_payload(pkt: QibUserSdmaPkt, iov: readonly Iovec[]): number {
  const npages = iov.reduce((sum, piece) => sum + qib_user_sdma_num_pages(piece), 0);
  const uncut = pkt.frag_size === pkt.bytes_togo;
  return uncut && npages >= QIB_USER_SDMA_ADDRS ? qib_user_sdma_coalesce(pkt, iov) : qib_user_sdma_pin_pkt(pkt, iov);
}

/** qib_user_sdma_num_pages() - how many pages a piece of memory touches */
export function qib_user_sdma_num_pages({ iov_base, iov_len }: Iovec): number {
  return Math.ceil(((iov_base % PAGE_SIZE) + iov_len) / PAGE_SIZE);
}

/** qib_user_sdma_free_pkt_frag() - release what one fragment holds */
export function qib_user_sdma_free_pkt_frag(pkt: QibUserSdmaPkt, i: number): void {
  const frag = pkt.addr[i];
  if (frag === undefined) return;

  if (frag.page !== null) {
    if (frag.dma_mapped) dma_unmap_page();
    if (frag.put_page) put_page(frag.page);
    else __free_page(frag.page);
  } else if (frag.kvaddr !== null) {
    dma_pool_free(pkt.pq.header_cache, frag.addr);
  }
}

function qib_user_sdma_pin_pkt(pkt: QibUserSdmaPkt, iov: readonly Iovec[]): number {
  for (const piece of iov) {
    const ret = qib_user_sdma_pin_pages(pkt, piece.iov_base, piece.iov_len, qib_user_sdma_num_pages(piece));
    if (ret === 0) continue;

    // The first fragment is the header, which belongs to the caller.
    for (let i = 1; i < pkt.addr.length; i++) qib_user_sdma_free_pkt_frag(pkt, i);
    return ret;
  }
  return 0;
}

function qib_user_sdma_pin_pages(pkt: QibUserSdmaPkt, start: number, length: number, npages: number): number {
  let addr = start;
  let tlen = length;
  for (let left = npages; left > 0; left -= PAGES_PER_BATCH) {
    const pages: Page[] = [];
    const j = Math.min(left, PAGES_PER_BATCH);
    const ret = get_user_pages_fast(addr - (addr % PAGE_SIZE), j, false, pages);
    if (ret !== j) return qib_user_sdma_put_pages(pages, 0, -ENOMEM);

    for (const [i, page] of pages.entries()) {
      const fofs = addr % PAGE_SIZE;
      const flen = Math.min(PAGE_SIZE - fofs, tlen);
      const error = qib_user_sdma_page_to_frags(pkt, page, true, fofs, flen);
      if (error < 0) return qib_user_sdma_put_pages(pages, i + 1, error);

      addr += flen;
      tlen -= flen;
    }
  }
  return 0;
}

// On failure: the pages of a batch that the packet has not taken over.
function qib_user_sdma_put_pages(pages: readonly Page[], first: number, error: number): number {
  for (const page of pages.slice(first)) put_page(page);
  return error;
}

function qib_user_sdma_coalesce(pkt: QibUserSdmaPkt, iov: readonly Iovec[]): number {
  const page = alloc_page();
  if (page === null) return -ENOMEM;

  let len = 0;
  for (const { iov_base, iov_len } of iov) {
    if (copy_from_user(page_address(page).subarray(len, len + iov_len), iov_base) > 0) {
      __free_page(page);
      return -EFAULT;
    }
    len += iov_len;
  }
  return qib_user_sdma_page_to_frags(pkt, page, false, 0, len);
}

// On failure the page is either the packet's, or was released here.
function qib_user_sdma_page_to_frags(
  pkt: QibUserSdmaPkt,
  page: Page,
  put: boolean,
  offset: number,
  len: number,
): number {
  const dma_addr = dma_map_page(pkt.pq.ppd.dev, page, offset, len);
  if (dma_addr === DMA_MAPPING_ERROR) {
    if (put) put_page(page);
    else __free_page(page);
    return -ENOMEM;
  }

  for (let done = 0; done < len; ) {
    const newlen = Math.min(len - done, pkt.frag_size - pkt.payload_size);
    const last_desc = pkt.payload_size + newlen >= pkt.frag_size || newlen === pkt.bytes_togo;
    const first = done === 0;
    const place = { offset: done, length: newlen, last_desc, addr: dma_addr, kvaddr: null };
    pkt.addr.push({ ...place, put_page: first && put, dma_mapped: first, page: first ? page : null });
    pkt.bytes_togo -= newlen;
    pkt.payload_size += newlen;
    done += newlen;
    if (pkt.addr.length === pkt.addrlimit) return -EFAULT;
    if (pkt.bytes_togo === 0 || !last_desc) return 0;

    const error = qib_user_sdma_next_header(pkt);
    if (error < 0) return error;
  }
  return 0;
}
