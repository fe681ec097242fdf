/** Stories of the control group: a device that reaches only low memory, and pages of a pool in the place of high ones. */

import { userLoad } from "../arch/x86/fault.ts";
import { blk_queue_bounce_limit, bounce_pool_pages } from "../block/bounce.ts";
import { sg_io } from "../block/scsi_ioctl.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk, filledBuffer, firstDifference, type Machine, pattern } from "./machine.ts";

const LIMIT = 56;

// The pool takes the lowest frames; the first pages of a process are still below the limit, the others above.
function bootWithLimit(): Machine {
  const machine = boot();
  blk_queue_bounce_limit(machine.disk.bdev.bd_disk.queue, LIMIT);
  machine.holders.push(() => bounce_pool_pages().map((page) => page.pfn));
  return machine;
}

/** writeAndRead() - a buffer of which some pages are below the limit and some above */
export function writeAndRead(pages: number) {
  const machine = bootWithLimit();
  fillDisk(machine, 2);
  const length = pages * PAGE_SIZE;
  const buffer = filledBuffer(machine, 16, pages, 5);
  const idle = bounce_pool_pages().length;
  const inUse: number[] = [];
  after(10, () => inUse.push(idle - bounce_pool_pages().length));
  const written = pwrite64(machine.file, buffer, length, 8192);
  const { medium } = machine.disk.controller;
  const stored = firstDifference(medium.subarray(8192, 8192 + length), pattern(5, length));
  fillDisk(machine, 9);
  const read = pread64(machine.file, buffer, length, 8192);
  const difference = firstDifference(userLoad(machine.task.mm, buffer, length), medium.subarray(8192, 8192 + length));
  return {
    written,
    stored,
    read,
    difference,
    inUse,
    left: bounce_pool_pages().length - idle,
    imbalances: imbalances(machine),
  };
}

/** failingRead() - nothing is copied from a read that failed, and the pool gets its pages back */
export function failingRead() {
  const machine = bootWithLimit();
  machine.disk.controller.failingSectors.add(5);
  const buffer = filledBuffer(machine, 16, 20, 5);
  const read = pread64(machine.file, buffer + 18 * PAGE_SIZE, 2 * PAGE_SIZE, 0);
  const kept = userLoad(machine.task.mm, buffer + 18 * PAGE_SIZE, 2 * PAGE_SIZE);
  const difference = firstDifference(kept, pattern(5, 20 * PAGE_SIZE).subarray(18 * PAGE_SIZE));
  return { read, difference, pool: bounce_pool_pages().length, imbalances: imbalances(machine) };
}

/** command() - a process's command, with pinned pages that are bounced: unmapping finds the original bio */
export function command(offset: number) {
  const machine = bootWithLimit();
  fillDisk(machine, 2);
  const buffer = filledBuffer(machine, 16, 34, 5) + offset;
  const length = 32 * PAGE_SIZE;
  const dxferp = [{ iov_base: buffer, iov_len: length }];
  const read = sg_io(machine.disk.bdev.bd_disk, { dxfer_direction: "SG_DXFER_FROM_DEV", dxferp, lba: 8 }, null);
  const onDisk = machine.disk.controller.medium.subarray(8 * 512, 8 * 512 + length);
  const difference = firstDifference(userLoad(machine.task.mm, buffer, length), onDisk);
  return { read, difference, pool: bounce_pool_pages().length, imbalances: imbalances(machine) };
}
