/** Stories about pipes that hold the memory of a process: read by others, duplicated, given away, outliving its owner. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { fuse_notify_store } from "../fs/fuse/dev.ts";
import { free_pipe_info, pipe_read, pipe_write } from "../fs/pipe.ts";
import { generic_file_splice_read, iter_file_splice_write } from "../fs/splice.ts";
import { do_tee } from "../fs/tee.ts";
import { SPLICE_F_GIFT, vmsplice_to_pipe } from "../fs/vmsplice.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { PipeInodeInfo } from "../include/linux/pipe_fs_i.ts";
import { create_process, do_exit } from "../kernel/fork.ts";
import { context_switch, type TaskStruct } from "../kernel/sched/core.ts";
import { find_vma, mmap_region, remove_vma } from "../mm/mmap.ts";
import type { PinDetector } from "../mm/page_pinning.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  openPipe,
  pattern,
  READ_WRITE,
} from "./machine.ts";

const READER_MEMORY = 512 * PAGE_SIZE;

function vmsplice(pipe: PipeInodeInfo, iov_base: number, iov_len: number, flags = 0): number {
  return vmsplice_to_pipe(pipe, [{ iov_base, iov_len }], flags);
}

// Another process with memory to read into.
function startReader(machine: Machine): TaskStruct {
  const reader = create_process();
  machine.tasks.push(reader);
  mmap_region(reader.mm, READER_MEMORY, 32 * PAGE_SIZE, READ_WRITE, null);
  return reader;
}

function readAs(reader: TaskStruct, pipe: PipeInodeInfo, count: number): Uint8Array {
  context_switch(reader);
  const read = pipe_read(pipe, READER_MEMORY, count);
  return userLoad(reader.mm, READER_MEMORY, Math.max(read, 0));
}

/** readByOther() - what the process writes after vmsplice() and before the read arrives too: there is no copy */
export function readByOther() {
  const machine = boot();
  const reader = startReader(machine);
  const length = 2 * PAGE_SIZE + 700;
  const source = filledBuffer(machine, 16, 4, 5) + 300;
  const pipe = openPipe(machine);
  const spliced = vmsplice(pipe, source, length);
  const buffers = pipe.bufs.map((buf) => buf.len);
  userStore(machine.task.mm, source, pattern(8, length));
  const whileInPipe = imbalances(machine);
  const first = readAs(reader, pipe, 1000);
  const rest = readAs(reader, pipe, length);
  const difference = firstDifference(Uint8Array.from([...first, ...rest]), pattern(8, length));
  return {
    spliced,
    buffers,
    read: [first.length, rest.length],
    difference,
    whileInPipe,
    imbalances: imbalances(machine),
  };
}

/** fullPipe() - more memory than the pipe has room for: pages of the last batch that do not fit are put */
export function fullPipe() {
  const machine = boot();
  const source = filledBuffer(machine, 16, 40, 5);
  const pipe = openPipe(machine);
  const few = vmsplice(pipe, source, 3 * PAGE_SIZE);
  const many = vmsplice(pipe, source + 3 * PAGE_SIZE, 30 * PAGE_SIZE);
  const none = vmsplice(pipe, source, PAGE_SIZE);
  const whileFull = imbalances(machine);
  free_pipe_info(pipe);
  const closed = vmsplice(pipe, source, 5 * PAGE_SIZE);
  return { few, many, none, whileFull, closed, imbalances: imbalances(machine) };
}

/** holesInSource() - memory that ends early, and memory that is not there */
export function holesInSource() {
  const machine = boot();
  const source = filledBuffer(machine, 16, 2, 5);
  const pipe = openPipe(machine);
  const part = vmsplice(pipe, source + 100, 5 * PAGE_SIZE);
  const nothing = vmsplice(pipe, 99 * PAGE_SIZE, PAGE_SIZE);
  const unread = pipe_read(pipe, 99 * PAGE_SIZE, PAGE_SIZE);
  free_pipe_info(pipe);
  return { part, nothing, unread, imbalances: imbalances(machine) };
}

/** untouchedMemory() - memory that was never written is ZERO_PAGE(), which is pinned like any other */
export function untouchedMemory() {
  const machine = boot();
  const reader = startReader(machine);
  const source = mapBuffer(machine, 16, 2, READ_WRITE);
  const pipe = openPipe(machine);
  const spliced = vmsplice(pipe, source, 2 * PAGE_SIZE);
  const frames = new Set(pipe.bufs.map((buf) => buf.page.pfn)).size;
  const nonZero = readAs(reader, pipe, 2 * PAGE_SIZE).filter((byte) => byte !== 0).length;
  return { spliced, frames, nonZero, imbalances: imbalances(machine) };
}

/** teeTwice() - three pipes with the same pages; each has references of its own, and the last one frees them */
export function teeTwice() {
  const machine = boot();
  const reader = startReader(machine);
  const length = 3 * PAGE_SIZE;
  const source = filledBuffer(machine, 16, 3, 5);
  const [first, second, third] = [openPipe(machine), openPipe(machine), openPipe(machine)];
  vmsplice(first, source, length, SPLICE_F_GIFT);
  const whole = do_tee(first, second, length);
  const part = do_tee(second, third, PAGE_SIZE + 10);
  do_exit(machine.task);
  const whileShared = imbalances(machine);
  free_pipe_info(first);
  const differences = [second, third].map((pipe) => {
    const bytes = readAs(reader, pipe, length);
    return firstDifference(bytes, pattern(5, bytes.length));
  });
  const nothing = do_tee(first, second, length);
  return { whole, part, differences, whileShared, nothing, imbalances: imbalances(machine) };
}

/** What a process does with memory that it has put into a pipe, before a file system of FUSE asks for it. */
export interface Giving {
  readonly gift: boolean;
  readonly unmap: boolean;
  readonly detectors: readonly PinDetector[];
}

/** giveToFile() - a page of the process becomes a page of a file: the same frame, or a copy */
export function giveToFile({ gift, unmap, detectors }: Giving) {
  const machine = boot({ detectors });
  const source = filledBuffer(machine, 16, 1, 5);
  const mapping = mapFile(machine, 64, 2);
  const pipe = openPipe(machine);
  vmsplice(pipe, source, PAGE_SIZE, gift ? SPLICE_F_GIFT : 0);
  const given = pipe.bufs[0]?.page.pfn;
  if (unmap) unmapAt(machine, source);
  const stored = fuse_notify_store(pipe, mapping, 1);
  const moved = mapping.i_pages.get(1)?.pfn === given;
  const seen = firstDifference(userLoad(machine.task.mm, 65 * PAGE_SIZE, PAGE_SIZE), pattern(5, PAGE_SIZE));
  return { stored, moved, seen, imbalances: imbalances(machine) };
}

/** toDisk() - from the process into a pipe, from the pipe to the disk: pinned pages as ITER_BVEC, and no copy */
export function toDisk() {
  const machine = boot();
  fillDisk(machine, 1);
  const length = 3 * PAGE_SIZE;
  const source = filledBuffer(machine, 16, 3, 5);
  const pipe = openPipe(machine);
  vmsplice(pipe, source, length);
  const written = iter_file_splice_write(pipe, machine.file, 8 * 512);
  const onDisk = machine.disk.controller.medium.subarray(8 * 512, 8 * 512 + length);
  const difference = firstDifference(onDisk, pattern(5, length));
  return { written, left: pipe.bufs.length, difference, imbalances: imbalances(machine) };
}

/** threeOrigins() - one pipe with pages of a file's read, of a write and of a process: three tables of operations */
export function threeOrigins() {
  const machine = boot();
  fillDisk(machine, 3);
  const reader = startReader(machine);
  const source = filledBuffer(machine, 16, 2, 5);
  const pipe = openPipe(machine);
  generic_file_splice_read(machine.file, 0, pipe, PAGE_SIZE);
  vmsplice(pipe, source, PAGE_SIZE);
  const copied = pipe_write(pipe, source + PAGE_SIZE, PAGE_SIZE);
  const tables = new Set(pipe.bufs.map((buf) => buf.ops)).size;
  userStore(machine.task.mm, source, pattern(9, 2 * PAGE_SIZE));
  do_exit(machine.task);
  const bytes = readAs(reader, pipe, 4 * PAGE_SIZE);
  const expected = pattern(3, 3 * PAGE_SIZE);
  expected.set(pattern(9, PAGE_SIZE), PAGE_SIZE);
  expected.set(pattern(5, 2 * PAGE_SIZE).subarray(PAGE_SIZE), 2 * PAGE_SIZE);
  return { copied, tables, difference: firstDifference(bytes, expected), imbalances: imbalances(machine) };
}

/** pipeWithoutFrames() - a write needs frames of its own, vmsplice() does not */
export function pipeWithoutFrames() {
  const machine = boot({ frames: 4 });
  const source = filledBuffer(machine, 16, 2, 5);
  const pipe = openPipe(machine);
  const written = pipe_write(pipe, source, 2 * PAGE_SIZE);
  const none = pipe_write(pipe, source, PAGE_SIZE);
  const spliced = vmsplice(pipe, source, 2 * PAGE_SIZE);
  free_pipe_info(pipe);
  return { written, none, spliced, imbalances: imbalances(machine) };
}

function unmapAt(machine: Machine, address: number): void {
  const vma = find_vma(machine.task.mm, address);
  if (vma !== null) remove_vma(vma);
}
