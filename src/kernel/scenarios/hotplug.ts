/** Stories about a disk that is pulled out while it works. */

import { userLoad } from "../arch/x86/fault.ts";
import { nvme_remove } from "../drivers/nvme/host/pci.ts";
import { io_getevents, io_setup, io_submit, type Kioctx } from "../fs/aio.ts";
import { pread64, pwrite64 } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import { pullOut } from "../hardware/nvme-controller.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { removeDisk } from "./faults.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk, type Machine, mapBuffer, READ_WRITE, settle } from "./machine.ts";

/** pulledOutWhileReading() - four reads in flight, none has arrived yet; then some more are tried */
export function pulledOutWhileReading() {
  const machine = boot();
  fillDisk(machine, 3);
  const target = mapBuffer(machine, 16, 4, READ_WRITE);
  const ctx = io_setup();
  for (let k = 0; k < 4; k++) readPage(machine, ctx, target, k);
  after(1, () => removeDisk(machine));
  const results = io_getevents(ctx, 4).map(({ res }) => res);
  const bytesArrived = userLoad(machine.task.mm, target, 4 * PAGE_SIZE).some((byte) => byte !== 0);
  readPage(machine, ctx, target, 0);
  const later = [
    pread64(machine.file, target, PAGE_SIZE, 0),
    pwrite64(machine.file, target, PAGE_SIZE, 0),
    ...io_getevents(ctx, 1).map(({ res }) => res),
  ];
  settle();
  return { results, bytesArrived, later, imbalances: imbalances(machine) };
}

/** pulledOutWhileSubmitting() - a read of more requests than there are tags: its process sleeps for a tag meanwhile */
export function pulledOutWhileSubmitting() {
  const machine = boot();
  const target = mapBuffer(machine, 16, 400, READ_WRITE);
  after(25, () => removeDisk(machine));
  const read = pread64(machine.file, target, 400 * PAGE_SIZE, 0);
  settle();
  return { read, imbalances: imbalances(machine) };
}

/** unnoticed() - what is submitted after the device has left and before its driver hears of it */
export function unnoticed() {
  const machine = boot();
  const target = mapBuffer(machine, 16, 2, READ_WRITE);
  const ctx = io_setup();
  readPage(machine, ctx, target, 0);
  pullOut(machine.disk.controller);
  readPage(machine, ctx, target, 1);
  const reportedAtOnce = ctx.ring.map(({ res }) => res);
  settle();
  const stillInFlight = ctx.reqs_active;
  nvme_remove(machine.disk.bdev.bd_disk);
  return {
    reportedAtOnce,
    stillInFlight,
    afterRemoval: ctx.ring.map(({ res }) => res),
    imbalances: imbalances(machine),
  };
}

function readPage(machine: Machine, ctx: Kioctx, target: number, page: number): void {
  io_submit(ctx, {
    aio_data: page,
    aio_lio_opcode: "IOCB_CMD_PREADV",
    aio_file: machine.file,
    aio_buf: [{ iov_base: target + page * PAGE_SIZE, iov_len: PAGE_SIZE }],
    aio_offset: page * PAGE_SIZE,
    ki_flags: 0,
  });
}
