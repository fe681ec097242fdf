/** Stories of path 5 alone: what direct IO of a block device does when the pins and the bios fall apart. */

import { userLoad } from "../arch/x86/fault.ts";
import { nvme_remove } from "../drivers/nvme/host/pci.ts";
import { io_getevents, io_setup, io_submit, type Kioctx } from "../fs/aio.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { do_exit } from "../kernel/fork.ts";
import { system_wq_executed } from "../kernel/workqueue.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  READ_WRITE,
  settle,
} from "./machine.ts";

function submitRead(machine: Machine, ctx: Kioctx, iov_base: number, pages: number): void {
  io_submit(ctx, {
    aio_data: 0,
    aio_lio_opcode: "IOCB_CMD_PREADV",
    aio_file: machine.file,
    aio_buf: [{ iov_base, iov_len: pages * PAGE_SIZE }],
    aio_offset: 0,
    ki_flags: 0,
  });
}

/** holeBetweenBios() - a large read whose memory ends in the second bio: one bio is in flight, the other ends at once */
export function holeBetweenBios() {
  const machine = boot({ frames: 1024 });
  fillDisk(machine, 3);
  const target = mapBuffer(machine, 16, 256, READ_WRITE);
  const read = pread64(machine.file, target, 300 * PAGE_SIZE, 0);
  const ctx = io_setup();
  submitRead(machine, ctx, target, 300);
  const asynchronous = io_getevents(ctx, 1).map(({ res }) => res);
  const onDisk = machine.disk.controller.medium.subarray(0, 256 * PAGE_SIZE);
  const difference = firstDifference(userLoad(machine.task.mm, target, onDisk.length), onDisk);
  settle();
  return { read, asynchronous, difference, imbalances: imbalances(machine) };
}

/** unmappedMemory() - nothing can be pinned: whoever waits hears of memory, whoever does not hears of IO */
export function unmappedMemory() {
  const machine = boot();
  const waited = pread64(machine.file, 99 * PAGE_SIZE, PAGE_SIZE, 0);
  const ctx = io_setup();
  submitRead(machine, ctx, 99 * PAGE_SIZE, 1);
  return { waited, asynchronous: io_getevents(ctx, 1).map(({ res }) => res), imbalances: imbalances(machine) };
}

/** badSectorInLastBio() - several bios, of which the last fails */
export function badSectorInLastBio() {
  const machine = boot({ frames: 1024 });
  machine.disk.controller.failingSectors.add(299 * 8);
  const buffer = filledBuffer(machine, 16, 300, 1);
  const read = pread64(machine.file, buffer, 300 * PAGE_SIZE, 0);
  const written = pwrite64(machine.file, buffer, 300 * PAGE_SIZE, 0);
  return { read, written, imbalances: imbalances(machine) };
}

/** removalDuringRead() - the disk is pulled out while it owes a read of several bios */
export function removalDuringRead() {
  const machine = boot({ frames: 1024 });
  const target = mapBuffer(machine, 16, 300, READ_WRITE);
  const ctx = io_setup();
  submitRead(machine, ctx, target, 300);
  machine.disk.controller.present = false;
  nvme_remove(machine.disk.bdev.bd_disk);
  const results = io_getevents(ctx, 1).map(({ res }) => res);
  settle();
  return { results, imbalances: imbalances(machine) };
}

/** exitBeforeWorkItem() - the process is gone and its pages are clean when the read ends: a work item releases them */
export function exitBeforeWorkItem() {
  const machine = boot();
  const mapping = mapFile(machine, 16, 3);
  const ctx = io_setup();
  submitRead(machine, ctx, 16 * PAGE_SIZE, 3);
  const cleaned = write_cache_pages(mapping);
  do_exit(machine.task);
  const heldByBio = imbalances(machine).filter((line) => line.includes("references")).length;
  settle();
  const dirtiedAgain = write_cache_pages(mapping);
  return { cleaned, heldByBio, workItems: system_wq_executed(), dirtiedAgain, imbalances: imbalances(machine) };
}
