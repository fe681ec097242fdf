/** Stories about frames that come and go through memory of a process, which the kernel knows only by its address. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { type E1000Adapter, e1000_probe, e1000_remove } from "../drivers/net/ethernet/intel/e1000/e1000_main.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { createCard, frameArrives } from "../hardware/network-card.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { do_exit } from "../kernel/fork.ts";
import { system_wq_executed } from "../kernel/workqueue.ts";
import { nr_free_pages } from "../mm/page_alloc.ts";
import { type XdpUmem, type XdpUmemReg, xdp_umem_get_data } from "../net/xdp/xdp_umem.ts";
import {
  type XdpSock,
  xsk_bind,
  xsk_bind_shared,
  xsk_create,
  xsk_release,
  xsk_sendmsg,
  xsk_umem_reg,
} from "../net/xdp/xsk.ts";
import { xskq_produce } from "../net/xdp/xsk_queue.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_ONLY,
  READ_WRITE,
  settle,
} from "./machine.ts";

const CHUNK = 2048;
const HEADROOM = 64;
const START = 16 * PAGE_SIZE;

/** plugCard() - a network card whose driver's pages are accounted for */
export function plugCard(machine: Machine): E1000Adapter {
  const adapter = e1000_probe(createCard());
  machine.holders.push(() => [...adapter.rx_ring, ...adapter.tx_ring.map((skb) => skb.head)].map((page) => page.pfn));
  return adapter;
}

/** registration() - whole pages from an address on, in the usual chunks */
export function registration(addr: number, pages: number): XdpUmemReg {
  return { addr, len: pages * PAGE_SIZE, chunk_size: CHUNK, headroom: HEADROOM };
}

/** holdUmem() - registered memory is accounted for as long as it is pinned */
export function holdUmem(machine: Machine, umem: XdpUmem | null): void {
  machine.holders.push(() => umem?.pgs.map((page) => page.pfn) ?? []);
}

function openSocket(machine: Machine, adapter: E1000Adapter, pages: number): XdpSock {
  const xs = xsk_create();
  xsk_umem_reg(xs, registration(START, pages));
  xsk_bind(xs, adapter.netdev);
  holdUmem(machine, xs.umem);
  return xs;
}

function offer(xs: XdpSock, chunks: readonly number[]): void {
  for (const chunk of chunks) if (xs.umem?.fq) xskq_produce(xs.umem.fq, chunk * CHUNK);
}

/** receiveFrames() - three frames of different lengths; the process finds them where the ring says */
export function receiveFrames() {
  const machine = boot();
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 4, READ_WRITE);
  const xs = openSocket(machine, adapter, 4);
  offer(xs, [5, 0, 3]);
  for (const k of [1, 2, 3]) frameArrives(adapter.hw, pattern(k, 300 * k));
  settle();
  const frames = xs.rx.entries.map(({ addr, len }) => userLoad(machine.task.mm, START + addr, len));
  const intact = [1, 2, 3].map((k) => frames.some((frame) => firstDifference(frame, pattern(k, 300 * k)) === null));
  const whileOpen = imbalances(machine);
  xsk_release(xs);
  settle();
  const places = xs.rx.entries.map(({ addr }) => addr);
  return { places, intact, dropped: xs.rx_dropped, whileOpen, imbalances: imbalances(machine) };
}

/** sendFrames() - the process writes frames, the other end of the cable gets them, the chunks come back */
export function sendFrames() {
  const machine = boot();
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 2, READ_WRITE);
  const xs = openSocket(machine, adapter, 2);
  userStore(machine.task.mm, START + 100, pattern(7, 900));
  userStore(machine.task.mm, START + PAGE_SIZE, pattern(8, 60));
  xskq_produce(xs.tx, { addr: 100, len: 900 });
  xskq_produce(xs.tx, { addr: 4000, len: 900 });
  xskq_produce(xs.tx, { addr: PAGE_SIZE, len: 60 });
  const sent = xsk_sendmsg(xs);
  settle();
  const expected = [pattern(7, 900), pattern(8, 60)];
  const differences = adapter.hw.wire.map((frame, k) => firstDifference(frame, expected[k] ?? new Uint8Array(0)));
  const completed = [...(xs.umem?.cq?.entries ?? [])];
  const invalid = xs.tx.invalid_descs;
  xsk_release(xs);
  settle();
  return { sent, differences, completed, invalid, imbalances: imbalances(machine) };
}

/** processGone() - the process exits, its socket lives on in another one, a frame still comes; then the socket closes */
export function processGone() {
  const machine = boot();
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 4, READ_WRITE);
  const freeBefore = nr_free_pages();
  const xs = openSocket(machine, adapter, 4);
  offer(xs, [2]);
  do_exit(machine.task);
  const stillPinned = freeBefore - nr_free_pages();
  frameArrives(adapter.hw, pattern(9, 500));
  settle();
  const [desc] = xs.rx.entries;
  const bytes = desc && xs.umem ? xdp_umem_get_data(xs.umem, desc.addr)?.subarray(0, desc.len) : undefined;
  const difference = firstDifference(bytes ?? new Uint8Array(0), pattern(9, 500));
  const whileOpen = imbalances(machine);
  xsk_release(xs);
  const beforeWork = freeBefore - nr_free_pages();
  settle();
  const afterWork = freeBefore - nr_free_pages();
  return { stillPinned, difference, whileOpen, beforeWork, afterWork, imbalances: imbalances(machine) };
}

/** lastReferenceInInterrupt() - the socket is closed while a frame is on its way; the interrupt drops what is left */
export function lastReferenceInInterrupt() {
  const machine = boot();
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 1, READ_WRITE);
  const xs = openSocket(machine, adapter, 1);
  userStore(machine.task.mm, START, pattern(4, 128));
  xskq_produce(xs.tx, { addr: 0, len: 128 });
  xsk_sendmsg(xs);
  xsk_release(xs);
  const pinnedOnTheWay = xs.umem?.pgs.length;
  settle();
  return { pinnedOnTheWay, pinned: xs.umem?.pgs.length, works: system_wq_executed(), imbalances: imbalances(machine) };
}

/** shareMemory() - two sockets on one registration: it ends with the second */
export function shareMemory() {
  const machine = boot();
  const [first, second] = [plugCard(machine), plugCard(machine)];
  mapBuffer(machine, 16, 2, READ_WRITE);
  const xs = openSocket(machine, first, 2);
  const sharing = xsk_create();
  const bound = xsk_bind_shared(sharing, second.netdev, xs);
  offer(xs, [0, 1]);
  frameArrives(second.hw, pattern(3, 200));
  settle();
  xsk_release(xs);
  settle();
  const pinnedByOne = sharing.umem?.pgs.length;
  const [desc] = sharing.rx.entries;
  const bytes = userLoad(machine.task.mm, START + (desc?.addr ?? 0), 200);
  xsk_release(sharing);
  settle();
  const difference = firstDifference(bytes, pattern(3, 200));
  return { bound, difference, pinnedByOne, pinned: sharing.umem?.pgs.length, imbalances: imbalances(machine) };
}

/** refusals() - registrations that fail, each of which gives back what it had pinned and charged */
export function refusals() {
  const machine = boot();
  mapBuffer(machine, 16, 3, READ_WRITE);
  mapBuffer(machine, 32, 1, READ_ONLY);
  const good = registration(START, 2);
  const tried = {
    misaligned: { ...good, addr: START + 8 },
    tinyChunks: { ...good, chunk_size: 1024 },
    noRoom: { ...good, headroom: CHUNK - 100 },
    empty: { ...good, len: 0 },
    holeBehind: registration(START, 5),
    nothingThere: registration(99 * PAGE_SIZE, 1),
    readOnly: registration(32 * PAGE_SIZE, 1),
  };
  const errors = Object.entries(tried).map(([what, mr]) => [what, xsk_umem_reg(xsk_create(), mr)]);
  machine.task.rlimit_memlock = PAGE_SIZE;
  const overLimit = xsk_umem_reg(xsk_create(), good);
  return { errors, overLimit, charged: machine.task.mm.locked_vm, imbalances: imbalances(machine) };
}

/** lostFrames() - no chunk offered, a bad one, a frame that is too long, a card that is pulled out */
export function lostFrames() {
  const machine = boot();
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 1, READ_WRITE);
  const xs = openSocket(machine, adapter, 1);
  frameArrives(adapter.hw, pattern(1, 100));
  settle();
  offer(xs, [77, 1]);
  frameArrives(adapter.hw, pattern(1, 2000));
  settle();
  xskq_produce(xs.tx, { addr: 0, len: 128 });
  e1000_remove(adapter);
  frameArrives(adapter.hw, pattern(1, 100));
  const sent = xsk_sendmsg(xs);
  settle();
  const counts = { dropped: xs.rx_dropped, invalid: xs.umem?.fq?.invalid_descs, missed: adapter.hw.missed };
  xsk_release(xs);
  settle();
  return {
    ...counts,
    received: xs.rx.entries.length,
    sent,
    wire: adapter.hw.wire.length,
    imbalances: imbalances(machine),
  };
}

/** noFrames() - memory runs out while it is pinned, and when a frame is to be sent */
export function noFrames() {
  const machine = boot({ frames: 12 });
  const adapter = plugCard(machine);
  mapBuffer(machine, 16, 16, READ_WRITE);
  const tooMuch = xsk_umem_reg(xsk_create(), registration(START, 16));
  const free = nr_free_pages();
  const xs = openSocket(machine, adapter, 4);
  xskq_produce(xs.tx, { addr: 0, len: 128 });
  const sent = xsk_sendmsg(xs);
  xsk_release(xs);
  settle();
  return { tooMuch, free, sent, imbalances: imbalances(machine) };
}

/** receiveIntoFile() - the registered memory is a mapped file, which learns at the end that it was written to */
export function receiveIntoFile() {
  const machine = boot();
  const adapter = plugCard(machine);
  const mapping = mapFile(machine, 16, 2);
  const xs = openSocket(machine, adapter, 2);
  const cleaned = write_cache_pages(mapping);
  offer(xs, [2]);
  frameArrives(adapter.hw, pattern(2, 700));
  settle();
  const unnoticed = write_cache_pages(mapping);
  xsk_release(xs);
  settle();
  return { cleaned, unnoticed, noticedAtTheEnd: write_cache_pages(mapping), imbalances: imbalances(machine) };
}
