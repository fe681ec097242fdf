/** Stories about two processes, of which one reads and writes the memory of the other. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { address_space_init_once } from "../include/linux/fs.ts";
import { PAGE_SIZE, VM_SHARED } from "../include/linux/mm.ts";
import { create_process, do_exit, fork } from "../kernel/fork.ts";
import { force_sig, type TaskStruct } from "../kernel/sched/core.ts";
import { mmap_region } from "../mm/mmap.ts";
import { alloc_page, nr_free_pages } from "../mm/page_alloc.ts";
import { process_vm_readv, process_vm_writev } from "../mm/process_vm_access.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  pattern,
  READ_ONLY,
  READ_WRITE,
} from "./machine.ts";

const REMOTE = 64;

function neighbour(machine: Machine): TaskStruct {
  const task = create_process();
  machine.tasks.push(task);
  return task;
}

function givePages(task: TaskStruct, pageNumber: number, pages: number, vm_flags = READ_WRITE): number {
  mmap_region(task.mm, pageNumber * PAGE_SIZE, pages * PAGE_SIZE, vm_flags, null);
  return pageNumber * PAGE_SIZE;
}

/** readScattered() - three ranges of the other process into two of one's own, none of which starts at a page */
export function readScattered() {
  const machine = boot();
  const other = neighbour(machine);
  const remote = givePages(other, REMOTE, 6);
  userStore(other.mm, remote, pattern(5, 6 * PAGE_SIZE));
  const local = mapBuffer(machine, 16, 5, READ_WRITE);
  const from = [
    { iov_base: remote + 100, iov_len: 5000 },
    { iov_base: remote + 3 * PAGE_SIZE - 1, iov_len: 2 },
    { iov_base: remote + 4 * PAGE_SIZE + 9, iov_len: 4000 },
  ];
  const into = [
    { iov_base: local + 77, iov_len: 3001 },
    { iov_base: local + 2 * PAGE_SIZE + 1, iov_len: 6001 },
  ];
  const read = process_vm_readv(other.pid, into, from, 0);
  const difference = firstDifference(gather(machine.task, into), gather(other, from));
  return { read, difference, imbalances: imbalances(machine) };
}

/** writeIntoFile() - the other process has a file mapped; what it is given reaches the file */
export function writeIntoFile() {
  const machine = boot();
  const other = neighbour(machine);
  const mapping = address_space_init_once(3 * PAGE_SIZE);
  machine.mappings.push(mapping);
  mmap_region(other.mm, REMOTE * PAGE_SIZE, 3 * PAGE_SIZE, READ_WRITE | VM_SHARED, mapping);
  const source = filledBuffer(machine, 16, 2, 8);
  const from = [{ iov_base: source, iov_len: 2 * PAGE_SIZE }];
  const into = [{ iov_base: REMOTE * PAGE_SIZE + 500, iov_len: 2 * PAGE_SIZE }];
  const written = process_vm_writev(other.pid, from, into, 0);
  const difference = firstDifference(gather(other, into), pattern(8, 2 * PAGE_SIZE));
  return { written, difference, dirtyPages: write_cache_pages(mapping), imbalances: imbalances(machine) };
}

/** readLarge() - more pages than a batch holds */
export function readLarge() {
  const machine = boot({ frames: 2100 });
  const other = neighbour(machine);
  const remote = givePages(other, 2000, 1030);
  userStore(other.mm, remote, pattern(2, 1030 * PAGE_SIZE));
  const local = mapBuffer(machine, 16, 1030, READ_WRITE);
  const iov_len = 1030 * PAGE_SIZE - 8;
  const read = process_vm_readv(other.pid, [{ iov_base: local, iov_len }], [{ iov_base: remote + 8, iov_len }], 0);
  const bytes = userLoad(machine.task.mm, local, iov_len);
  const difference = firstDifference(bytes, pattern(2, 1030 * PAGE_SIZE).subarray(8));
  return { read, difference, imbalances: imbalances(machine) };
}

/** holes() - the other process's memory ends early, one's own memory ends early, there is none at all */
export function holes() {
  const machine = boot();
  const other = neighbour(machine);
  const remote = givePages(other, REMOTE, 3);
  userStore(other.mm, remote, pattern(6, 3 * PAGE_SIZE));
  const local = mapBuffer(machine, 16, 5, READ_WRITE);
  const into = [{ iov_base: local, iov_len: 5 * PAGE_SIZE }];
  const five = { iov_base: remote, iov_len: 5 * PAGE_SIZE };
  const remoteEnds = process_vm_readv(other.pid, into, [five, { iov_base: remote, iov_len: PAGE_SIZE }], 0);
  const difference = firstDifference(userLoad(machine.task.mm, local, 3 * PAGE_SIZE), pattern(6, 3 * PAGE_SIZE));
  const short = [{ iov_base: local + 4 * PAGE_SIZE, iov_len: 2 * PAGE_SIZE }];
  const localEnds = process_vm_readv(other.pid, short, [{ iov_base: remote + 8, iov_len: 2 * PAGE_SIZE }], 0);
  const nothingThere = process_vm_readv(other.pid, into, [{ iov_base: remote + 4 * PAGE_SIZE, iov_len: 8 }], 0);
  const nothingHere = process_vm_writev(other.pid, [{ iov_base: 0, iov_len: 8 }], [five], 0);
  return { remoteEnds, difference, localEnds, nothingThere, nothingHere, imbalances: imbalances(machine) };
}

/** rights() - what the other process may not write cannot be written for it; sharing after a fork is broken first */
export function rights() {
  const machine = boot();
  const source = filledBuffer(machine, 16, 1, 4);
  const child = fork(machine.task);
  machine.tasks.push(child);
  givePages(child, REMOTE, 1, READ_ONLY);
  const from = [{ iov_base: source, iov_len: 16 }];
  const readOnly = process_vm_writev(child.pid, from, [{ iov_base: REMOTE * PAGE_SIZE, iov_len: 16 }], 0);
  const shared = process_vm_writev(child.pid, from, [{ iov_base: source + 1, iov_len: 16 }], 0);
  const parentUnchanged = firstDifference(userLoad(machine.task.mm, source, PAGE_SIZE), pattern(4, PAGE_SIZE));
  const child16 = userLoad(child.mm, source + 1, 16);
  const childDifference = firstDifference(child16, pattern(4, 16));
  return { readOnly, shared, parentUnchanged, childDifference, imbalances: imbalances(machine) };
}

/** whoIsThere() - a process that never was, one that is being killed, one that has exited, nothing to do */
export function whoIsThere() {
  const machine = boot();
  const other = neighbour(machine);
  const remote = [{ iov_base: givePages(other, REMOTE, 1), iov_len: 8 }];
  const local = [{ iov_base: mapBuffer(machine, 16, 1, READ_WRITE), iov_len: 8 }];
  const never = process_vm_readv(4711, local, remote, 0);
  const nothing = process_vm_readv(4711, local, [], 0);
  const flags = process_vm_readv(other.pid, local, remote, 1);
  force_sig(other);
  const killed = process_vm_readv(other.pid, local, remote, 0);
  do_exit(other);
  const gone = process_vm_readv(other.pid, local, remote, 0);
  return { never, nothing, flags, killed, gone, imbalances: imbalances(machine) };
}

/** noFrames() - memory runs out in the middle of a batch: what was pinned by then is used and given back */
export function noFrames() {
  const machine = boot({ frames: 8 });
  const other = neighbour(machine);
  const source = filledBuffer(machine, 16, 1, 1);
  const remote = givePages(other, REMOTE, 4);
  const hoard = Array.from({ length: nr_free_pages() - 2 }, alloc_page);
  const from = Array.from({ length: 4 }, () => ({ iov_base: source, iov_len: PAGE_SIZE }));
  const into = [{ iov_base: remote, iov_len: 4 * PAGE_SIZE }];
  const some = process_vm_writev(other.pid, from, into, 0);
  const none = process_vm_writev(other.pid, from, [{ iov_base: remote + 2 * PAGE_SIZE, iov_len: 8 }], 0);
  for (const page of hoard) if (page !== null) put_page(page);
  return { some, none, imbalances: imbalances(machine) };
}

function gather({ mm }: TaskStruct, ranges: readonly { iov_base: number; iov_len: number }[]): Uint8Array {
  return Uint8Array.from(ranges.flatMap(({ iov_base, iov_len }) => [...userLoad(mm, iov_base, iov_len)]));
}
