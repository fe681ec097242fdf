/** Stories about reads and writes that wait: one process, one disk, the simplest way through the whole stack. */

import { userLoad } from "../arch/x86/fault.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { pread64, preadv, pwrite64 } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { imbalances } from "./imbalances.ts";
import {
  bootOn,
  fillDisk,
  filledBuffer,
  firstDifference,
  mapBuffer,
  mapFile,
  type Place,
  pattern,
  READ_WRITE,
} from "./machine.ts";

/** writeThenRead() - four pages to the disk and back into other memory */
export function writeThenRead(place: Place) {
  const machine = bootOn(place);
  const source = filledBuffer(machine, 16, 4, 3);
  const target = mapBuffer(machine, 32, 4, READ_WRITE);
  const written = pwrite64(machine.file, source, 4 * PAGE_SIZE, 8192);
  const read = pread64(machine.file, target, 4 * PAGE_SIZE, 8192);
  const bytes = userLoad(machine.task.mm, target, 4 * PAGE_SIZE);
  const difference = firstDifference(bytes, pattern(3, 4 * PAGE_SIZE));
  return { written, read, difference, imbalances: imbalances(machine) };
}

/** readScattered() - one read into three ranges, none of which starts at a page */
export function readScattered(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 5);
  const start = mapBuffer(machine, 16, 8, READ_WRITE);
  const ranges = [
    { iov_base: start + 512, iov_len: 1024 },
    { iov_base: start + 3 * PAGE_SIZE + 2048, iov_len: 2 * PAGE_SIZE },
    { iov_base: start + 7 * PAGE_SIZE, iov_len: 512 },
  ];
  const read = preadv(machine.file, ranges, 1536);
  const bytes = ranges.flatMap((range) => [...userLoad(machine.task.mm, range.iov_base, range.iov_len)]);
  const onDisk = machine.disk.controller.medium.subarray(1536, 1536 + bytes.length);
  return { read, difference: firstDifference(Uint8Array.from(bytes), onDisk), imbalances: imbalances(machine) };
}

/** readLarge() - more pages than are pinned at a time, than fit into a bio, and than fit into a request */
export function readLarge(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 7);
  const length = 300 * PAGE_SIZE;
  const target = mapBuffer(machine, 16, 300, READ_WRITE);
  const read = pread64(machine.file, target, length, 0);
  const onDisk = machine.disk.controller.medium.subarray(0, length);
  const difference = firstDifference(userLoad(machine.task.mm, target, length), onDisk);
  return { read, difference, imbalances: imbalances(machine) };
}

/** writeUntouchedMemory() - memory that was never written is ZERO_PAGE(), pinned like any other page */
export function writeUntouchedMemory(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 9);
  const source = mapBuffer(machine, 16, 2, READ_WRITE);
  const written = pwrite64(machine.file, source, 2 * PAGE_SIZE, 0);
  const onDisk = machine.disk.controller.medium.slice(0, 2 * PAGE_SIZE);
  return { written, nonZeroBytes: onDisk.filter((byte) => byte !== 0).length, imbalances: imbalances(machine) };
}

/** writebackDuringRead() - the pages of a file are written back while a read into them waits for the device */
export function writebackDuringRead(place: Place) {
  const machine = bootOn(place);
  const mapping = mapFile(machine, 16, 3);
  const cleanedDuringRead: number[] = [];
  after(10, () => cleanedDuringRead.push(write_cache_pages(mapping)));
  const read = pread64(machine.file, 16 * PAGE_SIZE, 3 * PAGE_SIZE, 0);
  const cleanedAfterRead = write_cache_pages(mapping);
  return { read, cleanedDuringRead, cleanedAfterRead, imbalances: imbalances(machine) };
}

/** misaligned() - lengths, addresses and offsets that are no multiple of a sector */
export function misaligned(place: Place) {
  const machine = bootOn(place);
  const buffer = mapBuffer(machine, 16, 2, READ_WRITE);
  return {
    length: pread64(machine.file, buffer, 100, 0),
    address: pread64(machine.file, buffer + 8, 512, 0),
    offset: pread64(machine.file, buffer, 512, 3),
    imbalances: imbalances(machine),
  };
}
