/** Stories about a file of ext2: blocks scattered over the disk, blocks that are new, blocks that are missing. */

import { userLoad } from "../arch/x86/fault.ts";
import { ext2_setsize } from "../fs/ext2/inode.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  createFile,
  everyOther,
  fillDisk,
  filledBuffer,
  firstDifference,
  mapBuffer,
  pattern,
  READ_WRITE,
} from "./machine.ts";

/** writePartOfNewBlock() - one sector in the middle of a new block: zeros go before and after it */
export function writePartOfNewBlock() {
  const machine = boot();
  fillDisk(machine, 6);
  const file = createFile(machine, 12, [3, 4, 5]);
  const source = filledBuffer(machine, 16, 1, 2);
  const written = pwrite64(file, source, 512, 1024);
  const block = machine.disk.controller.medium.subarray(3 * PAGE_SIZE, 4 * PAGE_SIZE);
  const expected = new Uint8Array(PAGE_SIZE);
  expected.set(pattern(2, 512), 1024);
  const { i_size } = file.f_inode;
  return { written, i_size, difference: firstDifference(block, expected), imbalances: imbalances(machine) };
}

/** overwritePartOfBlock() - the same sector once more: the block is not new, so the rest of it stays */
export function overwritePartOfBlock() {
  const machine = boot();
  const file = createFile(machine, 12, [3]);
  const source = filledBuffer(machine, 16, 2, 2);
  pwrite64(file, source, PAGE_SIZE, 0);
  const written = pwrite64(file, source + PAGE_SIZE, 512, 1024);
  const block = machine.disk.controller.medium.subarray(3 * PAGE_SIZE, 4 * PAGE_SIZE);
  const expected = pattern(2, PAGE_SIZE);
  expected.set(pattern(2, PAGE_SIZE + 512).subarray(PAGE_SIZE), 1024);
  return { written, difference: firstDifference(block, expected), imbalances: imbalances(machine) };
}

/** readHoles() - a file of five blocks of which only the last was ever written; and past its end */
export function readHoles() {
  const machine = boot();
  fillDisk(machine, 6);
  const file = createFile(machine, 12, [9, 8, 7]);
  const source = filledBuffer(machine, 16, 1, 2);
  ext2_setsize(file.f_inode, 4 * PAGE_SIZE);
  pwrite64(file, source, PAGE_SIZE, 4 * PAGE_SIZE);
  const target = filledBuffer(machine, 32, 8, 1);
  const read = pread64(file, target, 8 * PAGE_SIZE, 0);
  const expected = new Uint8Array(5 * PAGE_SIZE);
  expected.set(pattern(2, PAGE_SIZE), 4 * PAGE_SIZE);
  const difference = firstDifference(userLoad(machine.task.mm, target, 5 * PAGE_SIZE), expected);
  return { read, difference, imbalances: imbalances(machine) };
}

/** endWithinBlock() - a file whose size is no multiple of its blocks, and one whose blocks beyond the end are holes */
export function endWithinBlock() {
  const machine = boot();
  const file = createFile(machine, 12, [9, 8, 7]);
  const source = filledBuffer(machine, 16, 4, 2);
  pwrite64(file, source, 2 * PAGE_SIZE, 0);
  ext2_setsize(file.f_inode, PAGE_SIZE + 700);
  const target = mapBuffer(machine, 32, 4, READ_WRITE);
  const mapped = pread64(file, target, 4 * PAGE_SIZE, 0);
  ext2_setsize(file.f_inode, 2 * PAGE_SIZE + 700);
  const holes = pread64(file, target, 4 * PAGE_SIZE, 0);
  return { mapped, holes, imbalances: imbalances(machine) };
}

/** writeIntoHole() - holes inside a file are not filled by direct IO: the write is short and buffered IO would go on */
export function writeIntoHole() {
  const machine = boot();
  const file = createFile(machine, 12, [9, 8, 7]);
  const source = filledBuffer(machine, 16, 4, 2);
  pwrite64(file, source, PAGE_SIZE, 0);
  ext2_setsize(file.f_inode, 8 * PAGE_SIZE);
  const written = pwrite64(file, source, 4 * PAGE_SIZE, 0);
  return { written, imbalances: imbalances(machine) };
}

/** readFragmented() - no two blocks of the file are neighbours on the disk: one bio for each, reaped on the way */
export function readFragmented() {
  const machine = boot();
  const file = createFile(machine, 10, everyOther(160));
  const length = 160 * 1024;
  const source = filledBuffer(machine, 16, 40, 5);
  const written = pwrite64(file, source, length, 0);
  const target = mapBuffer(machine, 128, 41, READ_WRITE) + 512;
  const read = pread64(file, target, length, 0);
  const difference = firstDifference(userLoad(machine.task.mm, target, length), pattern(5, length));
  return { written, read, difference, imbalances: imbalances(machine) };
}

/** reapError() - an error that is found while a fragmented read is still being submitted stops it early */
export function reapError() {
  const machine = boot();
  const file = createFile(machine, 10, everyOther(200));
  const length = 200 * 1024;
  const buffer = filledBuffer(machine, 16, 50, 5);
  pwrite64(file, buffer, length, 0);
  machine.disk.controller.failingSectors.add(2);
  const read = pread64(file, buffer, length, 0);
  return { read, imbalances: imbalances(machine) };
}

/** diskFull() - the last blocks are handed out during a write; what was allocated for it is given back */
export function diskFull() {
  const machine = boot();
  const file = createFile(machine, 12, [20, 30, 40]);
  const source = filledBuffer(machine, 16, 5, 5);
  const tooLarge = pwrite64(file, source, 5 * PAGE_SIZE, 0);
  const fits = pwrite64(file, source, 3 * PAGE_SIZE, 0);
  return { tooLarge, fits, i_size: file.f_inode.i_size, imbalances: imbalances(machine) };
}

/** sourceEndsInNewBlock() - blocks are allocated for a write whose memory ends early; none may keep old contents */
export function sourceEndsInNewBlock() {
  const machine = boot();
  fillDisk(machine, 6);
  const file = createFile(machine, 14, [1, 2]);
  const source = filledBuffer(machine, 16, 1, 5);
  const written = pwrite64(file, source, 2 * PAGE_SIZE, PAGE_SIZE);
  const block = machine.disk.controller.medium.subarray(4 * PAGE_SIZE, 8 * PAGE_SIZE);
  const expected = new Uint8Array(4 * PAGE_SIZE);
  expected.set(pattern(5, PAGE_SIZE), PAGE_SIZE);
  return { written, difference: firstDifference(block, expected), imbalances: imbalances(machine) };
}
