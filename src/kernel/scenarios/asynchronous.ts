/** Stories about reads and writes that are submitted and complete later, in whatever order the device likes. */

import { userLoad } from "../arch/x86/fault.ts";
import { type Iocb, type IoEvent, io_getevents, io_setup, io_submit } from "../fs/aio.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { pread64 } from "../fs/read_write.ts";
import { now } from "../hardware/clock.ts";
import { IOCB_DSYNC } from "../include/linux/fs.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { do_exit } from "../kernel/fork.ts";
import { system_wq_executed } from "../kernel/workqueue.ts";
import { truncate_inode_pages } from "../mm/truncate.ts";
import { imbalances } from "./imbalances.ts";
import {
  bootOn,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  type Place,
  READ_WRITE,
  settle,
} from "./machine.ts";

/** readRequest() - a request that reads whole pages, named by a number */
function readRequest(machine: Machine, aio_data: number, iov_base: number, pages: number, aio_offset: number): Iocb {
  return {
    aio_data,
    aio_lio_opcode: "IOCB_CMD_PREADV",
    aio_file: machine.file,
    aio_buf: [{ iov_base, iov_len: pages * PAGE_SIZE }],
    aio_offset,
    ki_flags: 0,
  };
}

/** readManyAtOnce() - eight reads in flight together; the device finishes them as it likes */
export function readManyAtOnce(place: Place) {
  const machine = bootOn(place, { seed: 11 });
  fillDisk(machine, 2);
  const target = mapBuffer(machine, 16, 16, READ_WRITE);
  const ctx = io_setup();
  const submitted = [0, 1, 2, 3, 4, 5, 6, 7];
  for (const k of submitted) io_submit(ctx, readRequest(machine, k, target + 2 * k * PAGE_SIZE, 2, 2 * k * PAGE_SIZE));
  const reportedBeforeWaiting = ctx.ring.length;
  const events = io_getevents(ctx, submitted.length);
  const onDisk = machine.disk.controller.medium.subarray(0, 16 * PAGE_SIZE);
  return {
    submitted,
    reportedBeforeWaiting,
    completed: events.map((event) => event.data),
    results: results(events),
    difference: firstDifference(userLoad(machine.task.mm, target, onDisk.length), onDisk),
    imbalances: imbalances(machine),
  };
}

/** syncWhileAsync() - a read that waits overtakes reads that were submitted before */
export function syncWhileAsync(place: Place) {
  const machine = bootOn(place, { seed: 4 });
  fillDisk(machine, 6);
  const target = mapBuffer(machine, 16, 3, READ_WRITE);
  const ctx = io_setup();
  io_submit(ctx, readRequest(machine, 1, target, 1, 0));
  io_submit(ctx, readRequest(machine, 2, target + PAGE_SIZE, 1, PAGE_SIZE));
  const read = pread64(machine.file, target + 2 * PAGE_SIZE, PAGE_SIZE, 2 * PAGE_SIZE);
  const stillInFlight = ctx.reqs_active;
  const events = io_getevents(ctx, 2);
  const onDisk = machine.disk.controller.medium.subarray(0, 3 * PAGE_SIZE);
  const difference = firstDifference(userLoad(machine.task.mm, target, onDisk.length), onDisk);
  return { read, stillInFlight, results: results(events), difference, imbalances: imbalances(machine) };
}

/** writeDurably() - an O_DSYNC write is reported from a work item, after the flush was asked for */
export function writeDurably() {
  const machine = bootOn("file of ext2");
  const source = filledBuffer(machine, 16, 2, 8);
  const ctx = io_setup();
  const request = { ...readRequest(machine, 1, source, 2, 0), aio_lio_opcode: "IOCB_CMD_PWRITEV" } as const;
  io_submit(ctx, { ...request, ki_flags: IOCB_DSYNC });
  const durable = io_getevents(ctx, 1);
  io_submit(ctx, request);
  const ordinary = io_getevents(ctx, 1);
  const { i_sb, synced } = machine.file.f_inode;
  return {
    results: results([...durable, ...ordinary]),
    synced,
    deferred: i_sb.s_dio_done_wq?.executed ?? 0,
    imbalances: imbalances(machine),
  };
}

/**
 * writebackDuringRead() - the pages of a file are pinned for a read, then written back, then changed by the device
 *
 * The pages were dirtied before the IO and are clean when it ends. Only a process may dirty them again, so their bio
 * is finished by a work item: the defect that this whole discussion is about, as far as 2018's kernel mended it.
 */
export function writebackDuringRead(place: Place) {
  const machine = bootOn(place);
  fillDisk(machine, 4);
  const target = 16 * PAGE_SIZE;
  const mapping = mapFile(machine, 16, 4);
  const ctx = io_setup();
  io_submit(ctx, readRequest(machine, 1, target, 2, 0));
  io_submit(ctx, readRequest(machine, 2, target + 2 * PAGE_SIZE, 2, 2 * PAGE_SIZE));
  const cleanedDuringRead = write_cache_pages(mapping);
  const events = io_getevents(ctx, 2);
  settle();
  const onDisk = machine.disk.controller.medium.subarray(0, 4 * PAGE_SIZE);
  return {
    results: results(events),
    cleanedDuringRead,
    deferredBatches: system_wq_executed(),
    cleanedAfterRead: write_cache_pages(mapping),
    difference: firstDifference(userLoad(machine.task.mm, target, onDisk.length), onDisk),
    imbalances: imbalances(machine),
  };
}

/** exitDuringRead() - the process and its file are gone before the device writes into their pages */
export function exitDuringRead(place: Place) {
  const machine = bootOn(place);
  const mapping = mapFile(machine, 16, 2);
  const anonymous = mapBuffer(machine, 32, 2, READ_WRITE);
  const ctx = io_setup();
  io_submit(ctx, readRequest(machine, 1, 16 * PAGE_SIZE, 2, 0));
  io_submit(ctx, readRequest(machine, 2, anonymous, 2, 0));
  do_exit(machine.task);
  truncate_inode_pages(mapping, 0);
  const heldByDevice = imbalances(machine).filter((line) => line.includes("references, 0 owners")).length;
  const before = now();
  settle();
  return { heldByDevice, deviceTookTime: now() > before, results: results(ctx.ring), imbalances: imbalances(machine) };
}

function results(events: readonly IoEvent[]): readonly number[] {
  return events.map((event) => event.res);
}
