/** Stories of the control group: pages of the page cache go to the disk and come from it, and nobody has pinned them. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { ext2_fsync } from "../fs/ext2/buffered.ts";
import { ext2_populate, ext2_setsize } from "../fs/ext2/inode.ts";
import { do_writepages } from "../fs/fs-writeback.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE, VM_SHARED } from "../include/linux/mm.ts";
import { mmap_region } from "../mm/mmap.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  createBufferedFile,
  everyOther,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

const BLOCKS = Array.from({ length: 32 }, (_, k) => 8 + k);

function onDisk(machine: Machine, first: number, length: number): Uint8Array {
  return machine.disk.controller.medium.subarray(first, first + length);
}

// A file that mkfs has put on a disk full of a pattern.
function fileOnDisk(machine: Machine, blkbits: number, blocks: readonly number[]): File {
  fillDisk(machine, 3);
  const file = createBufferedFile(machine, blkbits, []);
  ext2_populate(file.f_inode, blocks);
  return file;
}

/** writeThenSync() - nothing reaches the disk before fsync, all of it after */
export function writeThenSync() {
  const machine = boot();
  const file = createBufferedFile(machine, 12, BLOCKS);
  const source = filledBuffer(machine, 16, 6, 4);
  const length = 5 * PAGE_SIZE + 300;
  const written = pwrite64(file, source, length, 100);
  const early = onDisk(machine, 8 * PAGE_SIZE, length).filter((byte) => byte !== 0).length;
  const synced = ext2_fsync(file.f_inode);
  const difference = firstDifference(onDisk(machine, 8 * PAGE_SIZE + 100, length), pattern(4, length));
  return { written, early, synced, difference, imbalances: imbalances(machine) };
}

/** readTwice() - the first read fills the cache, the second does not ask the disk, whatever it holds by now */
export function readTwice() {
  const machine = boot();
  const file = fileOnDisk(machine, 12, BLOCKS);
  const target = mapBuffer(machine, 16, 8, READ_WRITE);
  const expected = onDisk(machine, 8 * PAGE_SIZE + 1000, 6 * PAGE_SIZE).slice();
  const first = pread64(file, target, 6 * PAGE_SIZE, 1000);
  fillDisk(machine, 9);
  const second = pread64(file, target, 6 * PAGE_SIZE, 1000);
  const difference = firstDifference(userLoad(machine.task.mm, target, 6 * PAGE_SIZE), expected);
  return { first, second, difference, imbalances: imbalances(machine) };
}

/** smallScatteredBlocks() - four blocks a page and no two neighbours on the disk: every block is a buffer and a bio */
export function smallScatteredBlocks() {
  const machine = boot();
  const file = createBufferedFile(machine, 10, everyOther(64));
  const source = filledBuffer(machine, 16, 6, 4);
  const written = pwrite64(file, source, 5 * PAGE_SIZE, 700);
  const synced = ext2_fsync(file.f_inode);
  const whileCached = imbalances(machine);
  const medium = machine.disk.controller.medium;
  const found = new Uint8Array(everyOther(64).flatMap((block) => [...medium.subarray(block << 10, (block + 1) << 10)]));
  const difference = firstDifference(found.subarray(700, 700 + 5 * PAGE_SIZE), pattern(4, 5 * PAGE_SIZE));
  ext2_setsize(file.f_inode, 0);
  return { written, synced, difference, whileCached, imbalances: imbalances(machine) };
}

/** readScatteredWithHole() - a page whose blocks are scattered, one of them missing */
export function readScatteredWithHole() {
  const machine = boot();
  fillDisk(machine, 3);
  const file = createBufferedFile(machine, 10, []);
  ext2_populate(file.f_inode, [9, 3, 20]);
  ext2_setsize(file.f_inode, PAGE_SIZE);
  const target = mapBuffer(machine, 16, 1, READ_WRITE);
  const read = pread64(file, target, PAGE_SIZE, 0);
  const { medium } = machine.disk.controller;
  const expected = [9, 3, 20].flatMap((block) => [...medium.subarray(block << 10, (block + 1) << 10)]);
  expected.push(...new Uint8Array(1024));
  const difference = firstDifference(userLoad(machine.task.mm, target, PAGE_SIZE), Uint8Array.from(expected));
  return { read, difference, imbalances: imbalances(machine) };
}

/** mappedFile() - the process reads and writes the file in its own memory; writeback finds what it wrote */
export function mappedFile() {
  const machine = boot();
  const file = fileOnDisk(machine, 12, BLOCKS);
  const { i_mapping } = file.f_inode;
  mmap_region(machine.task.mm, 64 * PAGE_SIZE, 4 * PAGE_SIZE, READ_WRITE | VM_SHARED, i_mapping);
  const seen = userLoad(machine.task.mm, 64 * PAGE_SIZE, 4 * PAGE_SIZE);
  const difference = firstDifference(seen, onDisk(machine, 8 * PAGE_SIZE, 4 * PAGE_SIZE));
  userStore(machine.task.mm, 65 * PAGE_SIZE + 10, pattern(7, 20));
  const written = do_writepages(i_mapping);
  settle();
  const stored = firstDifference(onDisk(machine, 9 * PAGE_SIZE + 10, 20), pattern(7, 20));
  return { difference, written, stored, again: do_writepages(i_mapping), imbalances: imbalances(machine) };
}

/** failingDisk() - a sector that can be neither read nor written */
export function failingDisk() {
  const machine = boot();
  const file = fileOnDisk(machine, 12, BLOCKS);
  machine.disk.controller.failingSectors.add(9 * 8);
  const buffer = filledBuffer(machine, 16, 4, 4);
  const short = pread64(file, buffer, 4 * PAGE_SIZE, 0);
  const failed = pread64(file, buffer, PAGE_SIZE, PAGE_SIZE);
  const written = pwrite64(file, buffer, 2 * PAGE_SIZE, 0);
  const synced = ext2_fsync(file.f_inode);
  machine.disk.controller.failingSectors.clear();
  const repaired = pread64(file, buffer, 4 * PAGE_SIZE, 0);
  const again = ext2_fsync(file.f_inode);
  return { short, failed, written, synced, again, repaired, imbalances: imbalances(machine) };
}

/** fullDisk() - blocks are looked for at writeback, and there are too few */
export function fullDisk() {
  const machine = boot();
  const file = createBufferedFile(machine, 12, [20, 30]);
  const source = filledBuffer(machine, 16, 4, 4);
  const written = pwrite64(file, source, 4 * PAGE_SIZE, 0);
  return { written, synced: ext2_fsync(file.f_inode), imbalances: imbalances(machine) };
}

/** truncateDuringWriteback() - the file becomes empty while the device is reading its pages: it waits for them */
export function truncateDuringWriteback() {
  const machine = boot();
  const file = createBufferedFile(machine, 12, BLOCKS);
  pwrite64(file, filledBuffer(machine, 16, 4, 4), 4 * PAGE_SIZE, 0);
  do_writepages(file.f_inode.i_mapping);
  ext2_setsize(file.f_inode, 0);
  return { cached: file.f_inode.i_mapping.i_pages.size, imbalances: imbalances(machine) };
}
