/** Stories about packets that a process makes itself: pinned pages and a copy share one field and a flag. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { qib_init_pportdata } from "../drivers/infiniband/hw/qib/qib_sdma.ts";
import {
  qib_user_sdma_make_progress,
  qib_user_sdma_queue_create,
  qib_user_sdma_queue_destroy,
  qib_user_sdma_queue_drain,
  qib_user_sdma_writev,
} from "../drivers/infiniband/hw/qib/qib_user_sdma.ts";
import type { QibUserSdmaQueue } from "../drivers/infiniband/hw/qib/qib_user_sdma_types.ts";
import { createSdmaEngine, linkDown, linkUp, type SdmaEngine } from "../hardware/sdma-engine.ts";
import { BUG } from "../include/asm-generic/bug.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Iovec } from "../include/linux/uio.ts";
import { create_process, do_exit } from "../kernel/fork.ts";
import { context_switch } from "../kernel/sched/core.ts";
import { find_vma } from "../mm/mmap.ts";
import { nr_free_pages } from "../mm/page_alloc.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

/** Bytes of the headers in these stories. */
export const HEADER = 16;
const HEADERS_PAGE = 8;

/** A machine whose process has opened a port of an adapter. */
export interface SdmaMachine {
  readonly machine: Machine;
  readonly engine: SdmaEngine;
  readonly pq: QibUserSdmaQueue;
  open: boolean;
}

/** openSdma() - put an adapter into a machine; what its packets hold may be held */
export function openSdma(machine: Machine, dma_mask = Number.POSITIVE_INFINITY): SdmaMachine {
  const engine = createSdmaEngine(32);
  const pq = qib_user_sdma_queue_create(qib_init_pportdata(engine, { dma_mask })) ?? BUG("no frame for headers");
  const host = { machine, engine, pq, open: true };
  machine.holders.push(() => (host.open ? [pq.header_cache.page.pfn, ...packetPfns(pq)] : []));
  return host;
}

/** closeSdma() - the last user of the port goes */
export function closeSdma(host: SdmaMachine): void {
  qib_user_sdma_queue_drain(host.pq);
  qib_user_sdma_queue_destroy(host.pq);
  host.open = false;
}

/** headerOf() - a header for so many bytes, to be cut after @frag_size, 0 for never; @tag tells whose packets they are */
export function headerOf(length: number, frag_size: number, tag: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(HEADER));
  header.setUint32(0, ((frag_size << 16) | ((HEADER + length) / 4 - 1)) >>> 0, true);
  header.setUint32(12, tag, true);
  return new Uint8Array(header.buffer);
}

/** arrivedOf() - what the packets of a tag carried, null if one of them has a wrong length, place or number */
export function arrivedOf(engine: SdmaEngine, tag: number): Uint8Array | null {
  const bytes: number[] = [];
  const packets = engine.wire.map((packet) => ({ packet, header: new DataView(packet.buffer, 0, HEADER) }));
  for (const [k, { packet, header }] of packets.filter((each) => each.header.getUint32(12, true) === tag).entries()) {
    const words = header.getUint32(0, true);
    const [place, sequence] = [header.getUint32(4, true), header.getUint32(8, true)];
    if (words !== packet.length / 4 - 1 || place !== bytes.length || sequence !== k) return null;

    bytes.push(...packet.subarray(HEADER));
  }
  return Uint8Array.from(bytes);
}

/** pinnedAndCopied() - a packet in two pages, one that is cut, one that is copied together, one that is a header only */
export function pinnedAndCopied() {
  const host = openSdma(boot());
  const { machine, engine, pq } = host;
  const start = filledBuffer(machine, 16, 8, 3);
  const whole = [{ iov_base: start + 3000, iov_len: 2000 }];
  const long = [{ iov_base: start + 100, iov_len: 20000 }];
  const pieces = Array.from({ length: 6 }, (_, k) => ({ iov_base: start + k * PAGE_SIZE + 40 * k, iov_len: 100 }));
  const before = nr_free_pages();
  const written = qib_user_sdma_writev(pq, [
    ...message(machine, whole, 0, 1),
    ...message(machine, long, 2048, 2),
    ...message(machine, pieces, 0, 3),
    ...message(machine, [], 0, 4),
  ]);
  const copies = before - 1 - nr_free_pages();
  const [pinned, atRest] = [
    packetPfns(pq).length - copies,
    imbalances(machine).filter((line) => line.includes("page")),
  ];
  settle();
  const released = qib_user_sdma_make_progress(pq);
  const arrivals = [whole, long, pieces, []].map((iov, k) => differenceOf(host, iov, k + 1));
  const lengths = engine.wire.map((packet) => packet.length - HEADER);
  closeSdma(host);
  return { written, copies, pinned, atRest, released, arrivals, lengths, imbalances: imbalances(machine) };
}

/** partialPin() - a hole in the second batch of eight: what was pinned goes back, from the packet and from the batch */
export function partialPin() {
  const host = openSdma(boot());
  const { machine, pq } = host;
  const start = filledBuffer(machine, 16, 11, 3);
  const hole = message(machine, [{ iov_base: start + 400, iov_len: 12 * PAGE_SIZE }], 1024, 1);
  const pinned = qib_user_sdma_writev(pq, hole);
  const copied = qib_user_sdma_writev(pq, message(machine, piecesOf(start + 10 * PAGE_SIZE), 0, 2));
  const held = packetPfns(pq).length;
  closeSdma(host);
  return { pinned, copied, held, imbalances: imbalances(machine) };
}

/** outOfReach() - a page that the adapter cannot address, in the middle of a batch: who fails on it releases it */
export function outOfReach() {
  const machine = boot({ frames: 40 });
  const host = openSdma(machine, 24 * PAGE_SIZE - 1);
  const start = filledBuffer(machine, 16, 30, 3);
  const pinned = qib_user_sdma_writev(
    host.pq,
    message(machine, [{ iov_base: start, iov_len: 24 * PAGE_SIZE }], 2048, 1),
  );
  const copied = qib_user_sdma_writev(host.pq, message(machine, piecesOf(start), 0, 2));
  closeSdma(host);
  return { pinned, copied, imbalances: imbalances(machine) };
}

/** tooMuch() - more fragments than a packet has places for, more headers than there are, frames that run out */
export function tooMuch() {
  const machine = boot({ frames: 24 });
  const host = openSdma(machine);
  const start = filledBuffer(machine, 16, 10, 3);
  const threePages = [0, 1, 2].map((k) => ({ iov_base: start + k * PAGE_SIZE, iov_len: 64 }));
  const fragments = qib_user_sdma_writev(host.pq, message(machine, threePages, 0, 1));
  const headers = qib_user_sdma_writev(
    host.pq,
    message(machine, [{ iov_base: start, iov_len: 8 * PAGE_SIZE }], 256, 2),
  );
  mapBuffer(machine, 64, 20, READ_WRITE);
  const whole = message(machine, piecesOf(start), 0, 3);
  userStore(machine.task.mm, 64 * PAGE_SIZE, pattern(1, nr_free_pages() * PAGE_SIZE));
  const frames = qib_user_sdma_writev(host.pq, whole);
  closeSdma(host);
  return { fragments, headers, frames, imbalances: imbalances(machine) };
}

/** nonsense() - headers that contradict what follows them */
export function nonsense() {
  const host = openSdma(boot());
  const { machine, pq } = host;
  const start = filledBuffer(machine, 16, 4, 3);
  const [header, payload] = message(machine, [{ iov_base: start, iov_len: 64 }], 0, 1);
  if (header === undefined || payload === undefined) return null;
  const results = [
    qib_user_sdma_writev(pq, [header, { ...payload, iov_len: 60 }]),
    qib_user_sdma_writev(pq, [header, { ...payload, iov_base: start + 2 }]),
    qib_user_sdma_writev(pq, [{ ...header, iov_len: 8 }, payload]),
    qib_user_sdma_writev(pq, message(machine, [{ iov_base: start, iov_len: 2 * PAGE_SIZE }], 0, 1)),
    qib_user_sdma_writev(pq, [{ ...header, iov_base: 512 * PAGE_SIZE }, payload]),
  ];
  closeSdma(host);
  return { results, imbalances: imbalances(machine) };
}

/** ringFull() - far more fragments than descriptors: the interrupt moves on what waits */
export function ringFull() {
  const host = openSdma(boot());
  const { machine, pq } = host;
  const start = filledBuffer(machine, 16, 16, 5);
  const iov = [{ iov_base: start, iov_len: 15 * PAGE_SIZE }];
  const written = qib_user_sdma_writev(pq, [...message(machine, iov, 2048, 1), ...message(machine, iov, 4000, 2)]);
  const waiting = pq.num_pending;
  settle();
  const arrivals = [differenceOf(host, iov, 1), differenceOf(host, iov, 2)];
  closeSdma(host);
  return { written, waiting, arrivals, imbalances: imbalances(machine) };
}

/** exitWhileSending() - the process is gone while its packets are in the ring; a child's close waits for them */
export function exitWhileSending() {
  const host = openSdma(boot());
  const { machine, pq } = host;
  const iov = [{ iov_base: filledBuffer(machine, 16, 4, 7), iov_len: 4 * PAGE_SIZE }];
  const expected = userLoad(machine.task.mm, 16 * PAGE_SIZE, 4 * PAGE_SIZE);
  qib_user_sdma_writev(pq, message(machine, iov, 2048, 1));
  const heir = create_process();
  machine.tasks.push(heir);
  do_exit(machine.task);
  context_switch(heir);
  const held = packetPfns(pq).length;
  const whileSending = imbalances(machine).filter((line) => line.includes("page"));
  closeSdma(host);
  const difference = firstDifference(arrivedOf(host.engine, 1) ?? new Uint8Array(0), expected);
  return { held, whileSending, difference, imbalances: imbalances(machine) };
}

/** deadLink() - the cable is out: nothing can be sent, and the close gives up what waits; or it comes back in time */
export function deadLink(comesBack: boolean) {
  const host = openSdma(boot());
  const { machine, engine, pq } = host;
  const start = filledBuffer(machine, 16, 4, 7);
  const iov = [{ iov_base: start, iov_len: 4 * PAGE_SIZE }];
  const before = qib_user_sdma_writev(pq, message(machine, iov, 1024, 1));
  linkDown(engine);
  const down = qib_user_sdma_writev(pq, message(machine, piecesOf(start), 0, 2));
  settle();
  if (comesBack) linkUp(engine);
  closeSdma(host);
  return { before, down, sent: engine.wire.length, imbalances: imbalances(machine) };
}

/** message() - a header in the process's memory and what is behind it */
function message(machine: Machine, payload: readonly Iovec[], frag_size: number, tag: number): readonly Iovec[] {
  const iov_base = HEADERS_PAGE * PAGE_SIZE + tag * HEADER;
  if (find_vma(machine.task.mm, iov_base) === null) mapBuffer(machine, HEADERS_PAGE, 1, READ_WRITE);
  const length = payload.reduce((sum, { iov_len }) => sum + iov_len, 0);
  userStore(machine.task.mm, iov_base, headerOf(length, frag_size, tag));
  return [{ iov_base, iov_len: HEADER }, ...payload];
}

function piecesOf(start: number): readonly Iovec[] {
  return Array.from({ length: 5 }, (_, k) => ({ iov_base: start + k * PAGE_SIZE, iov_len: 8 }));
}

function differenceOf({ machine, engine }: SdmaMachine, iov: readonly Iovec[], tag: number): number | null {
  const sent = iov.flatMap(({ iov_base, iov_len }) => [...userLoad(machine.task.mm, iov_base, iov_len)]);
  return firstDifference(arrivedOf(engine, tag) ?? new Uint8Array(1), Uint8Array.from(sent));
}

function packetPfns(pq: QibUserSdmaQueue): readonly number[] {
  const waiting = pq.ppd.sdma_userpending.filter((pkt) => pkt.pq === pq);
  return [...pq.sent, ...waiting].flatMap(({ addr }) => addr.flatMap(({ page }) => (page === null ? [] : [page.pfn])));
}
