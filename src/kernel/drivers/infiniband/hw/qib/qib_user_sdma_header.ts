/**
 * Stands for the header half of drivers/infiniband/hw/qib/qib_user_sdma.c.
 *
 * Modelled: a header of 32-bit words that user space writes; where a packet is cut, the header is copied, and both halves
 * are given their length, place and sequence number.
 * Left out: everything of InfiniBand's header that the driver does not touch, headers longer than a pool block.
 */

import { copy_from_user } from "../../../../arch/x86/usercopy.ts";
import { ERR_PTR, type ErrPtr } from "../../../../include/linux/err.ts";
import { EFAULT, EINVAL, ENOMEM } from "../../../../include/linux/errno.ts";
import type { Iovec } from "../../../../include/linux/uio.ts";
import { type DmaBlock, dma_pool_alloc, dma_pool_free } from "../../../../mm/dmapool.ts";
import type { QibUserSdmaFrag, QibUserSdmaPkt, QibUserSdmaQueue } from "./qib_user_sdma_types.ts";

/** Bytes of the shortest header. */
export const QIB_USER_SDMA_MIN_HEADER_LENGTH = 16;
/** Bytes of the longest. */
export const QIB_USER_SDMA_EXP_HEADER_LENGTH = 64;

const PBC = 0;
const OFFSET = 1;
const SEQUENCE = 2;

/** qib_user_sdma_read_header() - the header that a packet begins with, from user memory */
export function qib_user_sdma_read_header(pq: QibUserSdmaQueue, { iov_base, iov_len }: Iovec): DmaBlock | ErrPtr {
  if (iov_len < QIB_USER_SDMA_MIN_HEADER_LENGTH || iov_len > QIB_USER_SDMA_EXP_HEADER_LENGTH) return ERR_PTR(-EINVAL);
  if (iov_len % 4 !== 0 || iov_base % 4 !== 0) return ERR_PTR(-EINVAL);

  const pbc = dma_pool_alloc(pq.header_cache);
  if (pbc === null) return ERR_PTR(-ENOMEM);
  if (copy_from_user(pbc.kvaddr.subarray(0, iov_len), iov_base) === 0) return pbc;

  dma_pool_free(pq.header_cache, pbc.dma_addr);
  return ERR_PTR(-EFAULT);
}

/** pbc_words() - how many words the packet has, not counting the first */
export function pbc_words(kvaddr: Uint8Array): number {
  return word(kvaddr, PBC) & 0xffff;
}

/** pbc_take_frag_size() - after how many bytes the packet is to be cut, 0 for never; the hardware wants the field empty */
export function pbc_take_frag_size(kvaddr: Uint8Array): number {
  const frag_size = word(kvaddr, PBC) >>> 16;
  setWord(kvaddr, PBC, pbc_words(kvaddr));
  return frag_size;
}

/** header_frag() - a header as a packet's fragment; @last when nothing follows */
export function header_frag({ kvaddr, dma_addr }: DmaBlock, length: number, last: boolean): QibUserSdmaFrag {
  return { offset: 0, length, last_desc: last, put_page: false, dma_mapped: false, page: null, kvaddr, addr: dma_addr };
}

/** qib_user_sdma_next_header() - a packet is full: end it, and begin the next with a header of its own */
export function qib_user_sdma_next_header(pkt: QibUserSdmaPkt): number {
  const previous = pkt.addr[pkt.index];
  if (previous === undefined || previous.kvaddr === null) return -EINVAL;

  const block = dma_pool_alloc(pkt.pq.header_cache);
  if (block === null) return -ENOMEM;

  block.kvaddr.set(previous.kvaddr);
  setWord(previous.kvaddr, PBC, pbc_words(previous.kvaddr) - pkt.bytes_togo / 4);
  setWord(block.kvaddr, PBC, pbc_words(block.kvaddr) - pkt.payload_size / 4);
  setWord(block.kvaddr, OFFSET, word(block.kvaddr, OFFSET) + pkt.payload_size);
  setWord(block.kvaddr, SEQUENCE, word(block.kvaddr, SEQUENCE) + 1);
  pkt.index = pkt.addr.length;
  pkt.payload_size = 0;
  pkt.addr.push(header_frag(block, previous.length, false));
  return pkt.addr.length === pkt.addrlimit ? -EFAULT : 0;
}

function word(bytes: Uint8Array, index: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(index * 4, true);
}

function setWord(bytes: Uint8Array, index: number, value: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(index * 4, value, true);
}
