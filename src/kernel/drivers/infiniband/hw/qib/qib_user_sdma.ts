/**
 * Stands for drivers/infiniband/hw/qib/qib_user_sdma.c, without the payload and header halves beside it.
 *
 * Modelled: a process that sends packets it has made itself; packets wait for room in the ring, and are released by the
 * next system call after the engine is done with them, or when the file is closed.
 * Left out: locks, several contexts of a process.
 */

import { abortRing } from "../../../../hardware/sdma-engine.ts";
import { ERR_PTR, type ErrPtr, IS_ERR, PTR_ERR } from "../../../../include/linux/err.ts";
import { EINVAL } from "../../../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../../../include/linux/mm.ts";
import type { Iovec } from "../../../../include/linux/uio.ts";
import { msleep } from "../../../../kernel/time/timer.ts";
import { dma_pool_create, dma_pool_destroy, dma_pool_free } from "../../../../mm/dmapool.ts";
import { qib_sdma_make_progress, qib_user_sdma_send_desc } from "./qib_sdma.ts";
import {
  header_frag,
  pbc_take_frag_size,
  pbc_words,
  QIB_USER_SDMA_EXP_HEADER_LENGTH,
  qib_user_sdma_read_header,
} from "./qib_user_sdma_header.ts";
import {
  QIB_USER_SDMA_ADDRS,
  qib_user_sdma_free_pkt_frag,
  qib_user_sdma_init_payload,
  qib_user_sdma_num_pages,
} from "./qib_user_sdma_payload.ts";
import type { QibPportdata, QibUserSdmaFrag, QibUserSdmaPkt, QibUserSdmaQueue } from "./qib_user_sdma_types.ts";

const QIB_USER_SDMA_DRAIN_TIMEOUT = 250;

/** qib_user_sdma_queue_create() - a process opens the port; null when memory has run out */
export function qib_user_sdma_queue_create(ppd: QibPportdata): QibUserSdmaQueue | null {
  const header_cache = dma_pool_create(QIB_USER_SDMA_EXP_HEADER_LENGTH);
  return header_cache === null ? null : { ppd, header_cache, sent: [], num_pending: 0, num_sending: 0 };
}

/**
 * qib_user_sdma_writev() - send packets, each a header and the pieces of memory behind it
 *
 * Returns how many packets were queued, or a negative errno; packets before the one that failed are sent all the same.
 */
export function qib_user_sdma_writev(pq: QibUserSdmaQueue, iov: readonly Iovec[]): number {
  if (!pq.ppd.engine.running) return 0;

  qib_user_sdma_make_progress(pq);
  let npkts = 0;
  for (let rest = iov; rest.length > 0; npkts++) {
    const queued = qib_user_sdma_queue_pkt(pq, rest);
    if (IS_ERR(queued)) return PTR_ERR(queued);

    qib_user_sdma_push_pkt(pq, queued.pkt);
    rest = rest.slice(queued.used);
  }
  return npkts;
}

/** qib_user_sdma_make_progress() - release the packets that the engine is done with; returns how many */
export function qib_user_sdma_make_progress(pq: QibUserSdmaQueue): number {
  qib_sdma_make_progress(pq.ppd);
  const done = pq.sent.filter((pkt) => pkt.added <= pq.ppd.sdma_descq_removed).length;
  qib_user_sdma_free_pkt_list(pq.sent.splice(0, done));
  pq.num_sending -= done;
  return done;
}

/** qib_user_sdma_queue_drain() - wait until everything is sent; if the link is dead, release it all the same */
export function qib_user_sdma_queue_drain(pq: QibUserSdmaQueue): void {
  for (let i = 0; i < QIB_USER_SDMA_DRAIN_TIMEOUT && pq.num_pending + pq.num_sending > 0; i++) {
    if (qib_user_sdma_make_progress(pq) === 0) msleep(1);
  }
  const { ppd } = pq;
  const pending = ppd.sdma_userpending.filter((pkt) => pkt.pq === pq);
  if (pending.length + pq.sent.length === 0) return;

  ppd.sdma_userpending.splice(0, Number.POSITIVE_INFINITY, ...ppd.sdma_userpending.filter((pkt) => pkt.pq !== pq));
  abortRing(ppd.engine);
  qib_user_sdma_free_pkt_list([...pq.sent.splice(0), ...pending]);
  pq.num_pending = 0;
  pq.num_sending = 0;
}

/** qib_user_sdma_queue_destroy() - the file is closed */
export function qib_user_sdma_queue_destroy(pq: QibUserSdmaQueue): void {
  dma_pool_destroy(pq.header_cache);
}

interface QueuedPkt {
  readonly pkt: QibUserSdmaPkt;
  /** Pieces of memory that it consists of. */
  readonly used: number;
}

function qib_user_sdma_queue_pkt(pq: QibUserSdmaQueue, iov: readonly Iovec[]): QueuedPkt | ErrPtr {
  const [header, ...behind] = iov;
  if (header === undefined) return ERR_PTR(-EINVAL);

  const pbc = qib_user_sdma_read_header(pq, header);
  if (IS_ERR(pbc)) return pbc;

  const payload = payload_of(behind, pbc_words(pbc.kvaddr) + 1 - header.iov_len / 4);
  const pkt = qib_user_sdma_make_pkt(pq, header_frag(pbc, header.iov_len, payload.length === 0), payload);
  if (IS_ERR(pkt)) {
    dma_pool_free(pq.header_cache, pbc.dma_addr);
    return pkt;
  }
  return { pkt, used: 1 + payload.length };
}

// The pieces that make up so many words, or the first that go beyond, or all if they are too few.
function payload_of(iov: readonly Iovec[], words: number): readonly Iovec[] {
  let left = words;
  return iov.filter(({ iov_len }) => {
    const wanted = left > 0;
    left -= iov_len / 4;
    return wanted;
  });
}

function qib_user_sdma_make_pkt(
  pq: QibUserSdmaQueue,
  header: QibUserSdmaFrag,
  payload: readonly Iovec[],
): QibUserSdmaPkt | ErrPtr {
  if (
    header.kvaddr === null ||
    payload.some(({ iov_base, iov_len }) => iov_len === 0 || (iov_len | iov_base) % 4 !== 0)
  ) {
    return ERR_PTR(-EINVAL);
  }
  const bytes_togo = payload.reduce((sum, { iov_len }) => sum + iov_len, 0);
  const wanted = pbc_take_frag_size(header.kvaddr);
  const frag_size = wanted === 0 ? bytes_togo : wanted;
  if (header.length + bytes_togo !== 4 * (pbc_words(header.kvaddr) + 1)) return ERR_PTR(-EINVAL);
  if (frag_size % 4 !== 0 || frag_size + header.length > pq.ppd.ibmaxlen) return ERR_PTR(-EINVAL);

  const addrlimit = QIB_USER_SDMA_ADDRS + (wanted === 0 ? 0 : places_to_cut(payload, wanted));
  const pkt = { pq, addr: [header], addrlimit, frag_size, bytes_togo, payload_size: 0, index: 0, added: 0 };
  const ret = payload.length === 0 ? 0 : qib_user_sdma_init_payload(pkt, payload);
  return ret < 0 ? ERR_PTR(ret) : pkt;
}

function places_to_cut(payload: readonly Iovec[], frag_size: number): number {
  const npages = payload.reduce((sum, piece) => sum + qib_user_sdma_num_pages(piece), 0);
  return npages * (Math.floor((2 * PAGE_SIZE) / frag_size) + 1);
}

function qib_user_sdma_push_pkt(pq: QibUserSdmaQueue, pkt: QibUserSdmaPkt): void {
  pkt.index = 0;
  pq.num_pending++;
  pq.ppd.sdma_userpending.push(pkt);
  qib_user_sdma_send_desc(pq.ppd);
}

function qib_user_sdma_free_pkt_list(list: readonly QibUserSdmaPkt[]): void {
  for (const pkt of list) {
    for (let i = 0; i < pkt.addr.length; i++) qib_user_sdma_free_pkt_frag(pkt, i);
  }
}
