/** Stories of path 12: a buffer that is pinned once and lent to every IO, through bios that are split and cloned. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { linear_ctr } from "../drivers/md/dm-linear.ts";
import { blkdev_open } from "../fs/block_dev.ts";
import { pread64 } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import { all_pages } from "../include/asm-generic/memory_model.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { type IoMappedUbuf, io_rsrc_put, io_sqe_buffer_register } from "../io_uring/rsrc.ts";
import { io_cqring_wait, io_uring_setup, io_uring_submit } from "../io_uring/rw.ts";
import { do_exit } from "../kernel/fork.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  createFile,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

const START = 16 * PAGE_SIZE;

// A registered buffer of writable memory, of which the audit knows.
function registered(machine: Machine, pages: number): IoMappedUbuf {
  mapBuffer(machine, START / PAGE_SIZE, pages, READ_WRITE);
  const imu = io_sqe_buffer_register(START, pages * PAGE_SIZE);
  if (IS_ERR(imu)) throw new Error("no frames for the story");

  machine.holders.push(() => imu.bvec.map((bvec) => bvec.bv_page.pfn));
  return imu;
}

function mostReferences(): number {
  return Math.max(...all_pages().map(({ _refcount }) => _refcount));
}

/** readAndWrite() - from the disk into the buffer and back to another place, twice without pinning again */
export function readAndWrite() {
  const machine = boot();
  fillDisk(machine, 3);
  const imu = registered(machine, 4);
  const ctx = io_uring_setup();
  const { file } = machine;
  const common = { file, imu, addr: START + 512, len: 2 * PAGE_SIZE };
  io_uring_submit(ctx, { ...common, opcode: "IORING_OP_READ_FIXED", off: 1024, user_data: 1 });
  const read = io_cqring_wait(ctx, 1);
  io_uring_submit(ctx, { ...common, opcode: "IORING_OP_WRITE_FIXED", off: 65536, user_data: 2 });
  const written = io_cqring_wait(ctx, 1);
  const { medium } = machine.disk.controller;
  const difference = firstDifference(medium.subarray(65536, 65536 + 8192), pattern(3, 9216).subarray(1024));
  const seen = firstDifference(userLoad(machine.task.mm, START + 512, 8192), medium.subarray(65536, 65536 + 8192));
  const whileRegistered = imbalances(machine);
  io_rsrc_put(imu);
  return { read, written, difference, seen, whileRegistered, imbalances: imbalances(machine) };
}

/** splitAndCloned() - a large read through a stacked disk: cloned, then split; nobody takes a reference on the way */
export function splitAndCloned() {
  const machine = boot();
  fillDisk(machine, 5);
  const file = stackedFile(machine);
  const imu = registered(machine, 80);
  const ctx = io_uring_setup();
  const len = 80 * PAGE_SIZE;
  io_uring_submit(ctx, {
    opcode: "IORING_OP_READ_FIXED",
    file,
    imu,
    addr: START,
    len,
    off: 4096,
    user_data: 1,
  });
  const most: number[] = [];
  after(10, () => most.push(mostReferences()));
  const results = io_cqring_wait(ctx, 1).map(({ res }) => res);
  const onDisk = machine.disk.controller.medium.subarray(64 * 512 + 4096, 64 * 512 + 4096 + len);
  const difference = firstDifference(userLoad(machine.task.mm, START, len), onDisk);
  io_rsrc_put(imu);
  return { results, most, difference, imbalances: imbalances(machine) };
}

function stackedFile(machine: Machine): File {
  const file = blkdev_open(linear_ctr(machine.disk.bdev, 64, 2048));
  machine.files.push(file);
  return file;
}

/** pinnedThroughClone() - an ordinary read through the stacked disk: pinned by the original, released by the original */
export function pinnedThroughClone() {
  const machine = boot();
  fillDisk(machine, 5);
  const file = stackedFile(machine);
  const target = mapBuffer(machine, 16, 80, READ_WRITE);
  const read = pread64(file, target, 80 * PAGE_SIZE, 0);
  const onDisk = machine.disk.controller.medium.subarray(64 * 512, 64 * 512 + 80 * PAGE_SIZE);
  const difference = firstDifference(userLoad(machine.task.mm, target, onDisk.length), onDisk);
  machine.disk.controller.failingSectors.add(64 + 300);
  const failed = pread64(file, target, 80 * PAGE_SIZE, 0);
  return { read, difference, failed, imbalances: imbalances(machine) };
}

/** unregisteredDuringRead() - the buffer is given up, and its process is gone, while the device writes into it */
export function unregisteredDuringRead() {
  const machine = boot();
  const imu = registered(machine, 2);
  const ctx = io_uring_setup();
  const { file } = machine;
  const sqe = { opcode: "IORING_OP_READ_FIXED", file, imu, addr: START, len: 8192, off: 0, user_data: 1 } as const;
  io_uring_submit(ctx, sqe);
  io_rsrc_put(imu);
  do_exit(machine.task);
  const stillPinned = imu.bvec.length;
  settle();
  return {
    stillPinned,
    results: ctx.cqes.map(({ res }) => res),
    left: imu.bvec.length,
    imbalances: imbalances(machine),
  };
}

/** classicFile() - a file of ext2 takes references of its own from the lent pages; both ways are right */
export function classicFile() {
  const machine = boot();
  const imu = registered(machine, 2);
  userStore(machine.task.mm, START, pattern(4, 8192));
  const file = createFile(machine, 12, [9, 5]);
  const ctx = io_uring_setup();
  const common = { file, imu, addr: START, len: 8192, off: 0 };
  io_uring_submit(ctx, { ...common, opcode: "IORING_OP_WRITE_FIXED", user_data: 1 });
  const written = io_cqring_wait(ctx, 1).map(({ res }) => res);
  userStore(machine.task.mm, START, new Uint8Array(8192));
  io_uring_submit(ctx, { ...common, opcode: "IORING_OP_READ_FIXED", user_data: 2 });
  const read = io_cqring_wait(ctx, 1).map(({ res }) => res);
  const difference = firstDifference(userLoad(machine.task.mm, START, 8192), pattern(4, 8192));
  io_rsrc_put(imu);
  return { written, read, difference, imbalances: imbalances(machine) };
}

/** refusals() - memory that ends early, memory that is storage, a range beyond the buffer, a bad sector */
export function refusals() {
  const machine = boot();
  const imu = registered(machine, 2);
  const hole = io_sqe_buffer_register(START + PAGE_SIZE, 3 * PAGE_SIZE);
  mapFile(machine, 64, 2, { dax: true });
  const storage = io_sqe_buffer_register(64 * PAGE_SIZE, 2 * PAGE_SIZE);
  const ctx = io_uring_setup();
  const common = { opcode: "IORING_OP_READ_FIXED", file: machine.file, imu, user_data: 1 } as const;
  io_uring_submit(ctx, { ...common, addr: START + PAGE_SIZE, len: 2 * PAGE_SIZE, off: 0 });
  const beyond = io_cqring_wait(ctx, 1).map(({ res }) => res);
  machine.disk.controller.failingSectors.add(3);
  io_uring_submit(ctx, { ...common, addr: START, len: PAGE_SIZE, off: 0 });
  const badSector = io_cqring_wait(ctx, 1).map(({ res }) => res);
  io_rsrc_put(imu);
  return {
    hole: IS_ERR(hole) ? PTR_ERR(hole) : 0,
    storage: IS_ERR(storage) ? PTR_ERR(storage) : 0,
    beyond,
    badSector,
    imbalances: imbalances(machine),
  };
}

/** registerWithoutFrames() - there are fewer frames than the buffer needs: what was pinned is given back */
export function registerWithoutFrames() {
  const machine = boot({ frames: 8 });
  filledBuffer(machine, 16, 3, 1);
  mapBuffer(machine, 19, 10, READ_WRITE);
  const imu = io_sqe_buffer_register(START, 13 * PAGE_SIZE);
  return { error: IS_ERR(imu) ? PTR_ERR(imu) : 0, imbalances: imbalances(machine) };
}
