/** Stories about the get_user_pages() family alone: what is pinned, what is refused, and that it is given back. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { FOLL_WRITE, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page, VmAreaStruct } from "../include/linux/mm_types.ts";
import { do_exit, fork } from "../kernel/fork.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { ptrace_access_vm } from "../kernel/ptrace.ts";
import { context_switch } from "../kernel/sched/core.ts";
import {
  get_user_pages,
  get_user_pages_fast,
  get_user_pages_locked,
  get_user_pages_longterm,
  get_user_pages_remote,
  get_user_pages_unlocked,
  mm_populate,
} from "../mm/gup.ts";
import { find_vma, remove_vma } from "../mm/mmap.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import { boot, filledBuffer, mapBuffer, mapFile, pattern, READ_ONLY, READ_WRITE } from "./machine.ts";

/** pinned() - pages of the current process, each owing one release to whoever asked */
export function pinned(start: number, nr_pages: number): Page[] {
  const pages: Page[] = [];
  get_user_pages_fast(start, nr_pages, true, pages);
  return pages;
}

/** theWholeFamily() - every member pins three pages, once where they are mapped and once where a hole follows */
export function theWholeFamily() {
  const machine = boot();
  const { task } = machine;
  const start = filledBuffer(machine, 16, 3, 1);
  const areas: VmAreaStruct[] = [];
  const members = {
    get_user_pages: (n: number, pages: Page[]) => get_user_pages(start, n, FOLL_WRITE, pages, null),
    get_user_pages_locked: (n: number, pages: Page[]) => get_user_pages_locked(start, n, FOLL_WRITE, pages),
    get_user_pages_unlocked: (n: number, pages: Page[]) => get_user_pages_unlocked(start, n, pages, FOLL_WRITE),
    get_user_pages_remote: (n: number, pages: Page[]) =>
      get_user_pages_remote(task, task.mm, start, n, FOLL_WRITE, pages, null),
    get_user_pages_longterm: (n: number, pages: Page[]) => get_user_pages_longterm(start, n, FOLL_WRITE, pages, areas),
    get_user_pages_fast: (n: number, pages: Page[]) => get_user_pages_fast(start, n, true, pages),
  };
  down_read(task.mm.mmap_sem);
  const counts = Object.entries(members).map(([name, pin]) => [name, pinAndPut(pin, 3), pinAndPut(pin, 5)]);
  up_read(task.mm.mmap_sem);
  return { counts, imbalances: imbalances(machine) };
}

function pinAndPut(pin: (nr_pages: number, pages: Page[]) => number, nr_pages: number): number {
  const pages: Page[] = [];
  const ret = pin(nr_pages, pages);
  for (const page of pages) put_page(page);
  return ret;
}

/** fastThenSlow() - two pages are mapped, the third faults, the fourth is missing */
export function fastThenSlow() {
  const machine = boot();
  const start = filledBuffer(machine, 16, 2, 1);
  mapBuffer(machine, 18, 1, READ_WRITE);
  const ret = pinAndPut((n, pages) => get_user_pages_fast(start, n, true, pages), 4);
  return { ret, imbalances: imbalances(machine) };
}

/** pinStorage() - long-term pins of pages that are the storage itself are refused, and nothing stays pinned */
export function pinStorage() {
  const machine = boot();
  mapFile(machine, 16, 2, { dax: true });
  const pages: Page[] = [];
  down_read(machine.task.mm.mmap_sem);
  const ret = get_user_pages_longterm(16 * PAGE_SIZE, 2, FOLL_WRITE, pages, []);
  up_read(machine.task.mm.mmap_sem);
  return { ret, left: pages.length, imbalances: imbalances(machine) };
}

/** beyondFile() - the mapping is longer than the file */
export function beyondFile() {
  const machine = boot();
  mapFile(machine, 16, 3, { filePages: 2 });
  const ret = pinAndPut((n, pages) => get_user_pages_fast(18 * PAGE_SIZE, n, true, pages), 1);
  return { ret, imbalances: imbalances(machine) };
}

/** populate() - memory is faulted in ahead of time, without pins; then it can be pinned without a fault */
export function populate() {
  const machine = boot();
  const start = mapBuffer(machine, 16, 4, READ_WRITE);
  const vma = find_vma(machine.task.mm, start);
  const populated = vma === null ? 0 : mm_populate(vma);
  const mapped = machine.task.mm.pgd.size;
  if (vma !== null) remove_vma(vma);
  return { populated, mapped, afterUnmap: machine.task.mm.pgd.size, imbalances: imbalances(machine) };
}

/** unmapWritten() - what was written through a mapping is known to the file when the mapping is gone */
export function unmapWritten() {
  const machine = boot();
  const mapping = mapFile(machine, 16, 3);
  userStore(machine.task.mm, 17 * PAGE_SIZE, pattern(1, 8));
  userLoad(machine.task.mm, 18 * PAGE_SIZE, 8);
  const vma = find_vma(machine.task.mm, 16 * PAGE_SIZE);
  if (vma !== null) remove_vma(vma);
  return { dirty: write_cache_pages(mapping), again: write_cache_pages(mapping), imbalances: imbalances(machine) };
}

/** forkAndWrite() - the child's write makes a copy, a debugger's write into read-only memory too */
export function forkAndWrite() {
  const machine = boot();
  const { task } = machine;
  const start = filledBuffer(machine, 16, 1, 1);
  const readOnly = mapBuffer(machine, 17, 1, READ_ONLY);
  mapFile(machine, 18, 1);
  userStore(task.mm, 18 * PAGE_SIZE, pattern(4, 1));
  const child = fork(task);
  machine.tasks.push(child);
  context_switch(child);
  const pinnedByChild = pinAndPut((n, pages) => get_user_pages_fast(start, n, true, pages), 1);
  userStore(child.mm, start, pattern(9, 16));
  const poked = ptrace_access_vm(child, readOnly, pattern(5, 16));
  const missed = ptrace_access_vm(child, 99 * PAGE_SIZE, pattern(5, 16));
  const seen = {
    parent: userLoad(task.mm, start, 4),
    child: userLoad(child.mm, start, 4),
    parentReadOnly: userLoad(task.mm, readOnly, 4),
    childReadOnly: userLoad(child.mm, readOnly, 4),
    shared: userLoad(child.mm, 18 * PAGE_SIZE, 1),
  };
  const whileBothLive = imbalances(machine);
  do_exit(child);
  return { pinnedByChild, poked, missed, seen, whileBothLive, imbalances: imbalances(machine) };
}
