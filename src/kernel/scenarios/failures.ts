/** Stories that go wrong: bad memory, no memory, a dying process, a dying disk. Every page must find its way home. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { io_getevents, io_setup, io_submit } from "../fs/aio.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { force_sig } from "../kernel/sched/core.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  bootOn,
  createFile,
  everyOther,
  fillDisk,
  filledBuffer,
  firstDifference,
  mapBuffer,
  type Place,
  pattern,
  READ_ONLY,
  READ_WRITE,
} from "./machine.ts";

/** holeInBuffer() - five pages asked for, the third is not mapped: what was pinned before it is transferred */
export function holeInBuffer(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 3);
  const target = mapBuffer(machine, 16, 2, READ_WRITE);
  mapBuffer(machine, 19, 2, READ_WRITE);
  const read = pread64(machine.file, target, 5 * PAGE_SIZE, 0);
  const bytes = userLoad(machine.task.mm, target, 2 * PAGE_SIZE);
  const difference = firstDifference(bytes, machine.disk.controller.medium.subarray(0, 2 * PAGE_SIZE));
  return { read, difference, imbalances: imbalances(machine) };
}

/**
 * holeInSource() - a write whose third page is not mapped
 *
 * The blocks were handed out already, so ZERO_PAGE() is written in the place of what could not be pinned, and the
 * error is reported afterwards.
 */
export function holeInSource() {
  const machine = bootOn("file of ext2");
  fillDisk(machine, 3);
  const source = filledBuffer(machine, 16, 2, 5);
  const written = pwrite64(machine.file, source, 4 * PAGE_SIZE, 0);
  const onDisk = machine.disk.controller.medium.subarray(0, 5 * PAGE_SIZE);
  const expected = new Uint8Array(5 * PAGE_SIZE);
  expected.set(pattern(5, 2 * PAGE_SIZE));
  expected.set(pattern(3, 5 * PAGE_SIZE).subarray(4 * PAGE_SIZE), 4 * PAGE_SIZE);
  return { written, difference: firstDifference(onDisk, expected), imbalances: imbalances(machine) };
}

/** wrongMemory() - nothing can be pinned at all: unmapped memory, and read-only memory as the target of a read */
export function wrongMemory(place: Place) {
  const machine = bootOn(place);
  const readOnly = mapBuffer(machine, 16, 1, READ_ONLY);
  return {
    intoNothing: pread64(machine.file, 99 * PAGE_SIZE, PAGE_SIZE, 0),
    intoReadOnly: pread64(machine.file, readOnly, PAGE_SIZE, 0),
    fromReadOnly: pwrite64(machine.file, readOnly, PAGE_SIZE, 0),
    imbalances: imbalances(machine),
  };
}

/** outOfFrames() - the buffer has never been touched and there are fewer frames than it needs */
export function outOfFrames(place: Place) {
  const machine = bootOn(place, { frames: 8 });
  const target = mapBuffer(machine, 16, 32, READ_WRITE);
  const short = pread64(machine.file, target, 16 * PAGE_SIZE, 0);
  const none = pread64(machine.file, target + 16 * PAGE_SIZE, PAGE_SIZE, 0);
  return { short, none, imbalances: imbalances(machine) };
}

/** killedWhileSubmitting() - the process waits for a tag, is killed meanwhile, and then needs more pages */
export function killedWhileSubmitting() {
  const machine = boot();
  const file = createFile(machine, 12, everyOther(100));
  pwrite64(file, filledBuffer(machine, 16, 100, 1), 100 * PAGE_SIZE, 0);
  const target = mapBuffer(machine, 256, 100, READ_WRITE);
  after(30, () => force_sig(machine.task));
  const read = pread64(file, target, 100 * PAGE_SIZE, 0);
  const pagesTouched = [...machine.task.mm.pgd.keys()].filter((pageNumber) => pageNumber >= 256).length;
  return { read, pagesTouched, imbalances: imbalances(machine) };
}

/** badSector() - one bad sector fails its whole request: a read, a write, and an asynchronous read of each half */
export function badSector(place: Place) {
  const machine = bootOn(place);
  machine.disk.controller.failingSectors.add(20);
  const buffer = filledBuffer(machine, 16, 4, 1);
  const read = pread64(machine.file, buffer, 4 * PAGE_SIZE, 0);
  const written = pwrite64(machine.file, buffer, 4 * PAGE_SIZE, 0);
  const ctx = io_setup();
  for (const half of [0, 1]) {
    const iov_base = buffer + 2 * half * PAGE_SIZE;
    io_submit(ctx, {
      aio_data: half,
      aio_lio_opcode: "IOCB_CMD_PREADV",
      aio_file: machine.file,
      aio_buf: [{ iov_base, iov_len: 2 * PAGE_SIZE }],
      aio_offset: 2 * half * PAGE_SIZE,
      ki_flags: 0,
    });
  }
  const events = io_getevents(ctx, 2).toSorted((left, right) => left.data - right.data);
  return { read, written, halves: events.map((event) => event.res), imbalances: imbalances(machine) };
}

/** badSectorFarBehind() - in an IO of many requests, one bad request spoils the result, not the other data */
export function badSectorFarBehind(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 8);
  machine.disk.controller.failingSectors.add(1500);
  const target = mapBuffer(machine, 16, 256, READ_WRITE);
  const read = pread64(machine.file, target, 256 * PAGE_SIZE, 0);
  const before = userLoad(machine.task.mm, target, 128 * PAGE_SIZE);
  const difference = firstDifference(before, machine.disk.controller.medium.subarray(0, before.length));
  return { read, difference, imbalances: imbalances(machine) };
}

/** endOfDevice() - reads and writes across and beyond the last sector */
export function endOfDevice() {
  const machine = boot({ sectors: 24 });
  const buffer = filledBuffer(machine, 16, 4, 2);
  const size = 24 * 512;
  return {
    readAcross: pread64(machine.file, buffer, 2 * PAGE_SIZE, size - 512),
    readBeyond: pread64(machine.file, buffer, PAGE_SIZE, size),
    writeAcross: pwrite64(machine.file, buffer, 2 * PAGE_SIZE, size - 1024),
    writeBeyond: pwrite64(machine.file, buffer, PAGE_SIZE, size),
    imbalances: imbalances(machine),
  };
}

/** brokenDisk() - the disk shrinks behind the file's back, then is pulled out: bios end before submit_bio() returns */
export function brokenDisk(place: Place) {
  const machine = bootOn(place);
  const buffer = filledBuffer(machine, 16, 4, 2);
  machine.disk.bdev.bd_disk.capacity = 16;
  const shrunken = pread64(machine.file, buffer, 2 * PAGE_SIZE, 8 * 512);
  machine.disk.controller.present = false;
  const absent = pread64(machine.file, buffer, PAGE_SIZE, 0);
  const ctx = io_setup();
  io_submit(ctx, {
    aio_data: 0,
    aio_lio_opcode: "IOCB_CMD_PREADV",
    aio_file: machine.file,
    aio_buf: [{ iov_base: buffer, iov_len: PAGE_SIZE }],
    aio_offset: 0,
    ki_flags: 0,
  });
  const asynchronous = io_getevents(ctx, 1).map((event) => event.res);
  return { shrunken, absent, asynchronous, imbalances: imbalances(machine) };
}

/** storeAfterSubmit() - the process changes its buffer before the device has read it: nothing was copied */
export function storeAfterSubmit(place: Place) {
  const machine = bootOn(place);
  const source = filledBuffer(machine, 16, 1, 1);
  const ctx = io_setup();
  io_submit(ctx, {
    aio_data: 0,
    aio_lio_opcode: "IOCB_CMD_PWRITEV",
    aio_file: machine.file,
    aio_buf: [{ iov_base: source, iov_len: PAGE_SIZE }],
    aio_offset: 0,
    ki_flags: 0,
  });
  userStore(machine.task.mm, source, pattern(2, PAGE_SIZE));
  io_getevents(ctx, 1);
  const onDisk = machine.disk.controller.medium.subarray(0, PAGE_SIZE);
  return { difference: firstDifference(onDisk, pattern(2, PAGE_SIZE)), imbalances: imbalances(machine) };
}
