/** Stories of the control group: every sector has a checksum, which travels beside the data in pages of its own. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { blk_integrity_register } from "../block/blk-integrity.ts";
import { io_getevents, io_setup, io_submit } from "../fs/aio.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  pattern,
  READ_WRITE,
} from "./machine.ts";

function bootProtected(frames = 512): Machine {
  const machine = boot({ frames });
  blk_integrity_register(machine.disk.bdev.bd_disk);
  return machine;
}

/** writeAndRead() - several requests, the memory and the place on the disk start within a page */
export function writeAndRead(pages: number) {
  const machine = bootProtected(1024);
  const length = pages * PAGE_SIZE;
  const source = filledBuffer(machine, 16, pages + 1, 4) + 1024;
  const target = mapBuffer(machine, 400, pages, READ_WRITE);
  const written = pwrite64(machine.file, source, length, 1536);
  const protectedSectors = machine.disk.controller.metadata.filter((_, k) => k % 8 === 2).filter((tag) => tag === 0);
  const read = pread64(machine.file, target, length, 1536);
  const difference = firstDifference(
    userLoad(machine.task.mm, target, length),
    pattern(4, length + 1024).subarray(1024),
  );
  return { written, protectedSectors: protectedSectors.length, read, difference, imbalances: imbalances(machine) };
}

/** rottenSector() - the medium has changed behind everybody's back: a read tells, one that never was protected does not */
export function rottenSector() {
  const machine = bootProtected();
  fillDisk(machine, 2);
  const buffer = filledBuffer(machine, 16, 2, 4);
  pwrite64(machine.file, buffer, PAGE_SIZE, 0);
  const { medium } = machine.disk.controller;
  medium[700] = (medium[700] ?? 0) ^ 1;
  medium[PAGE_SIZE + 700] = 9;
  const rotten = pread64(machine.file, buffer, PAGE_SIZE, 0);
  const neverProtected = pread64(machine.file, buffer, PAGE_SIZE, PAGE_SIZE);
  return { rotten, neverProtected, imbalances: imbalances(machine) };
}

/** storeDuringWrite() - a process changes its buffer between checksum and transfer: pinned pages cannot be held still */
export function storeDuringWrite() {
  const machine = bootProtected();
  const buffer = filledBuffer(machine, 16, 1, 4);
  const ctx = io_setup();
  io_submit(ctx, {
    aio_data: 1,
    aio_lio_opcode: "IOCB_CMD_PWRITEV",
    aio_file: machine.file,
    aio_buf: [{ iov_base: buffer, iov_len: PAGE_SIZE }],
    aio_offset: 0,
    ki_flags: 0,
  });
  userStore(machine.task.mm, buffer, pattern(9, 100));
  const written = io_getevents(ctx, 1).map(({ res }) => res);
  return { written, read: pread64(machine.file, buffer, PAGE_SIZE, 0), imbalances: imbalances(machine) };
}

/** failures() - a bad sector, and no frame for the checksums */
export function failures() {
  const machine = bootProtected(4);
  const buffer = filledBuffer(machine, 16, 2, 4);
  machine.disk.controller.failingSectors.add(3);
  const badSector = pread64(machine.file, buffer, PAGE_SIZE, 0);
  filledBuffer(machine, 32, 1, 4);
  const noFrame = pwrite64(machine.file, buffer, PAGE_SIZE, PAGE_SIZE);
  return { badSector, noFrame, imbalances: imbalances(machine) };
}
