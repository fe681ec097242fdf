/** Stories about a driver that moves bytes well, until a part of its memory cannot be pinned. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import {
  type MportCdevPriv,
  mport_cdev_open,
  mport_cdev_release,
  type RioTransferIo,
  rio_mport_alloc_dma,
  rio_mport_free_dma,
  rio_mport_read,
  rio_mport_wait_for_async_dma,
  rio_mport_write,
} from "../drivers/rapidio/devices/rio_mport_cdev.ts";
import { tsi721_register_dma } from "../drivers/rapidio/devices/tsi721_dma.ts";
import { after, runNextEvent } from "../hardware/clock.ts";
import { createMport, type RapidioMport } from "../hardware/rapidio-mport.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { create_process, do_exit } from "../kernel/fork.ts";
import { context_switch, force_sig } from "../kernel/sched/core.ts";
import { mmap_region, vm_munmap } from "../mm/mmap.ts";
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

const START = 16 * PAGE_SIZE;
const REMOTE_BYTES = 16 * PAGE_SIZE;

/** Where a machine's port and its open device file are. */
export interface PluggedMport {
  readonly mport: RapidioMport;
  readonly priv: MportCdevPriv;
}

/** plugMport() - a port whose driver's pages are accounted for while transfers are under way */
export function plugMport(machine: Machine): PluggedMport {
  const mport = createMport(REMOTE_BYTES);
  const priv = mport_cdev_open(tsi721_register_dma(mport));
  const open = () => [...priv.async_list, ...priv.pend_list];
  machine.holders.push(() => open().flatMap(({ page_list }) => page_list?.map((page) => page.pfn) ?? []));
  return { mport, priv };
}

/** userTransfer() - @length bytes between an address of the process and one of the other device */
export function userTransfer(loc_addr: number, length: number, rio_addr: number): RioTransferIo {
  return { loc_addr, length, rio_addr, handle: null, offset: 0 };
}

/** thereAndBack() - bytes to the other device and back to another place, neither of which starts at a page */
export function thereAndBack() {
  const machine = boot();
  const { mport, priv } = plugMport(machine);
  filledBuffer(machine, 16, 4, 5);
  const into = mapBuffer(machine, 32, 4, READ_WRITE);
  const length = 2 * PAGE_SIZE + 100;
  const wrote = rio_mport_write(priv, userTransfer(START + 700, length, 64), "RIO_TRANSFER_SYNC");
  const read = rio_mport_read(priv, userTransfer(into + 9, length, 64), "RIO_TRANSFER_SYNC");
  const sent = pattern(5, 4 * PAGE_SIZE).subarray(700, 700 + length);
  const there = firstDifference(mport.remote.subarray(64, 64 + length), sent);
  const back = firstDifference(userLoad(machine.task.mm, into + 9, length), sent);
  mport_cdev_release(priv);
  return { wrote, read, there, back, imbalances: imbalances(machine) };
}

/** askedForLater() - two transfers at once, a third that nobody asks for, and one whose cookie is wrong */
export function askedForLater() {
  const machine = boot();
  const { mport, priv } = plugMport(machine);
  filledBuffer(machine, 16, 3, 2);
  const first = rio_mport_write(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_ASYNC");
  const second = rio_mport_write(priv, userTransfer(START + PAGE_SIZE, PAGE_SIZE, PAGE_SIZE), "RIO_TRANSFER_ASYNC");
  const forgotten = rio_mport_write(priv, userTransfer(START + 8192, PAGE_SIZE, 8192), "RIO_TRANSFER_FAF");
  const asked = [second, first, first + 99].map((cookie) => rio_mport_wait_for_async_dma(priv, cookie));
  settle();
  const difference = firstDifference(mport.remote.subarray(0, 3 * PAGE_SIZE), pattern(2, 3 * PAGE_SIZE));
  return { forgotten, asked, difference, imbalances: imbalances(machine) };
}

/** driversBuffer() - the same table may describe a page of the driver's; freed under way, it stays until the end */
export function driversBuffer() {
  const machine = boot();
  const { mport, priv } = plugMport(machine);
  mport.remote.set(pattern(4, 300), 50);
  const free = nr_free_pages();
  const handle = rio_mport_alloc_dma();
  if (handle === null) return null;

  const xfer = { rio_addr: 50, length: 300, loc_addr: null, handle, offset: 1000 };
  const read = rio_mport_read(priv, xfer, "RIO_TRANSFER_SYNC");
  const difference = firstDifference(page_address(handle.virt_page).subarray(1000, 1300), pattern(4, 300));
  const tooLong = rio_mport_read(priv, { ...xfer, length: PAGE_SIZE }, "RIO_TRANSFER_SYNC");
  const none = rio_mport_read(priv, { ...xfer, handle: null }, "RIO_TRANSFER_SYNC");
  rio_mport_read(priv, xfer, "RIO_TRANSFER_FAF");
  rio_mport_free_dma(handle);
  const heldUnderWay = free - nr_free_pages();
  settle();
  return { read, difference, tooLong, none, heldUnderWay, imbalances: imbalances(machine) };
}

/** errors() - no such address there, none at all here, nothing to do, a port that was pulled out */
export function errors() {
  const machine = boot();
  const { mport, priv } = plugMport(machine);
  filledBuffer(machine, 16, 2, 1);
  const beyond = rio_mport_write(priv, userTransfer(START, PAGE_SIZE, REMOTE_BYTES - 8), "RIO_TRANSFER_SYNC");
  const unmapped = rio_mport_write(priv, userTransfer(99 * PAGE_SIZE, PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  const empty = rio_mport_write(priv, userTransfer(START, 0, 0), "RIO_TRANSFER_SYNC");
  const cookie = rio_mport_write(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_ASYNC");
  mport.present = false;
  const underWay = rio_mport_wait_for_async_dma(priv, cookie);
  const afterwards = rio_mport_write(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  return { beyond, unmapped, empty, underWay, afterwards, imbalances: imbalances(machine) };
}

/** interrupted() - a signal ends the wait, not the transfer; the process is gone before its pages are released */
export function interrupted() {
  const machine = boot();
  const { mport, priv } = plugMport(machine);
  mport.remote.set(pattern(3, PAGE_SIZE));
  filledBuffer(machine, 16, 1, 1);
  const free = nr_free_pages();
  const cookie = rio_mport_read(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_ASYNC");
  after(2, () => force_sig(machine.task));
  const duringWait = rio_mport_read(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  const asked = rio_mport_wait_for_async_dma(priv, cookie);
  const killed = rio_mport_read(priv, userTransfer(START, PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  do_exit(machine.task);
  const balanced = imbalances(machine);
  const heldByTransfer = free + 1 - nr_free_pages();
  mport_cdev_release(priv);
  return { duringWait, asked, killed, balanced, heldByTransfer, imbalances: imbalances(machine) };
}

/**
 * wrongCount() - a transfer of which only a part can be pinned gives away references of somebody else's
 *
 * Two transfers of one process use the same pages; when the first has ended, its array of pages is free, and still full.
 * A second process gets that array, pins two pages of four, and the driver releases four.
 */
export function wrongCount() {
  const { machine, failed } = transferThatFailsHalfway();
  return { failed, imbalances: imbalances(machine) };
}

/** wrongCountLater() - what comes of it: memory that is free while a device writes to it, and somebody else's by then */
export function wrongCountLater() {
  const { machine, plugged, cookie } = transferThatFailsHalfway();
  vm_munmap(machine.task.mm, START, 4 * PAGE_SIZE);
  const heir = create_process();
  machine.tasks.push(heir);
  mmap_region(heir.mm, START, 4 * PAGE_SIZE, READ_WRITE, null);
  userStore(heir.mm, START, pattern(9, 4 * PAGE_SIZE));
  context_switch(machine.task);
  const ended = messageOf(() => rio_mport_wait_for_async_dma(plugged.priv, cookie));
  const overwritten = firstDifference(userLoad(heir.mm, START, 4 * PAGE_SIZE), pattern(9, 4 * PAGE_SIZE)) !== null;
  return { overwritten, ended };
}

/** wrongCountAtOnce() - the same without a second transfer: pages are freed that a process has mapped */
export function wrongCountAtOnce() {
  const machine = boot();
  const { priv } = plugMport(machine);
  filledBuffer(machine, 16, 4, 1);
  rio_mport_write(priv, userTransfer(START, 4 * PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  mapBuffer(machine, 32, 2, READ_WRITE);
  const halfway = () => rio_mport_read(priv, userTransfer(32 * PAGE_SIZE, 4 * PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  return messageOf(halfway);
}

/** neverWritten() - an array that nobody had before holds no page at all */
export function neverWritten() {
  const machine = boot();
  const { priv } = plugMport(machine);
  mapBuffer(machine, 16, 1, READ_WRITE);
  return messageOf(() => rio_mport_read(priv, userTransfer(START, 2 * PAGE_SIZE, 0), "RIO_TRANSFER_SYNC"));
}

// The transfer that is asked for with @cookie is still under way when this returns.
function transferThatFailsHalfway() {
  const machine = boot();
  const plugged = plugMport(machine);
  const { mport, priv } = plugged;
  mport.remote.set(pattern(6, 4 * PAGE_SIZE));
  filledBuffer(machine, 16, 4, 1);
  const ours = userTransfer(START, 4 * PAGE_SIZE, 0);
  const cookies = [0, 1].map(() => rio_mport_read(priv, ours, "RIO_TRANSFER_ASYNC"));
  const cookie = waitForOne(plugged, cookies);
  const other = create_process();
  machine.tasks.push(other);
  mmap_region(other.mm, 64 * PAGE_SIZE, 2 * PAGE_SIZE, READ_WRITE, null);
  context_switch(other);
  const failed = rio_mport_read(priv, userTransfer(64 * PAGE_SIZE, 4 * PAGE_SIZE, 0), "RIO_TRANSFER_SYNC");
  return { machine, plugged, cookie, failed };
}

// Whichever the port finishes first; returns the other one.
function waitForOne({ priv }: PluggedMport, cookies: readonly number[]): number {
  while (priv.async_list.every((req) => req.status === "DMA_IN_PROGRESS")) runNextEvent();
  const done = priv.async_list.find((req) => req.status !== "DMA_IN_PROGRESS")?.cookie ?? 0;
  rio_mport_wait_for_async_dma(priv, done);
  return cookies.find((cookie) => cookie !== done) ?? 0;
}

function messageOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : null;
  }
}
