/** Stories about memory of processes that a graphics device copies, and about who has to give its pages back. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { type DrmI915GemObject, type DrmI915Private, i915_driver_load } from "../drivers/gpu/drm/i915/i915_drv.ts";
import {
  i915_gem_do_execbuffer,
  i915_irq_install,
  i915_request_wait,
} from "../drivers/gpu/drm/i915/i915_gem_execbuffer.ts";
import { i915_gem_object_put } from "../drivers/gpu/drm/i915/i915_gem_object.ts";
import { I915_USERPTR_READ_ONLY, i915_gem_userptr_ioctl } from "../drivers/gpu/drm/i915/i915_gem_userptr.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { createBlitter } from "../hardware/blitter.ts";
import { runNextEvent } from "../hardware/clock.ts";
import { BUG } from "../include/asm-generic/bug.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EAGAIN } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { create_process, do_exit, fork } from "../kernel/fork.ts";
import { context_switch, force_sig } from "../kernel/sched/core.ts";
import { sgt_pages } from "../lib/scatterlist.ts";
import { vm_munmap } from "../mm/mmap.ts";
import { alloc_page, nr_free_pages } from "../mm/page_alloc.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

const PAGES = 4;
const SIZE = PAGES * PAGE_SIZE;

/** plugGraphics() - a graphics device with its driver */
export function plugGraphics(): DrmI915Private {
  const i915 = i915_driver_load(createBlitter());
  i915_irq_install(i915);
  return i915;
}

/** holdObject() - the pages of an object are accounted for as long as it has them */
export function holdObject(machine: Machine, obj: DrmI915GemObject): void {
  machine.holders.push(() => (obj.mm.pages === null ? [] : sgt_pages(obj.mm.pages).map((page) => page.pfn)));
}

// Copies as user space does it: it asks again while the pages are on their way.
function blit(source: DrmI915GemObject, target: DrmI915GemObject): readonly number[] {
  const answers: number[] = [];
  for (;;) {
    const rq = i915_gem_do_execbuffer(source, target);
    answers.push(IS_ERR(rq) ? PTR_ERR(rq) : i915_request_wait(rq));
    if (answers.at(-1) !== -EAGAIN || !runNextEvent()) return answers;
  }
}

function userptr(machine: Machine, i915: DrmI915Private, ptr: number): DrmI915GemObject {
  const obj = i915_gem_userptr_ioctl(i915, ptr, SIZE, 0);
  if (IS_ERR(obj)) return BUG(`no object: ${PTR_ERR(obj)}`);

  holdObject(machine, obj);
  return obj;
}

// A source that is filled and mapped, a target that nobody has touched, and an object over each.
function twoObjects(machine: Machine) {
  const i915 = plugGraphics();
  const from = scatteredBuffer(machine, 16, 3);
  const into = mapBuffer(machine, 32, PAGES, READ_WRITE);
  return { i915, from, into, source: userptr(machine, i915, from), target: userptr(machine, i915, into) };
}

// Frames that do not lie one behind the other, so that the table needs an entry for each.
function scatteredBuffer(machine: Machine, pageNumber: number, seed: number): number {
  const start = mapBuffer(machine, pageNumber, PAGES, READ_WRITE);
  for (const page of [2, 0, 3, 1]) userStore(machine.task.mm, start + page * PAGE_SIZE, new Uint8Array(1));
  userStore(machine.task.mm, start, pattern(seed, SIZE));
  return start;
}

function close(...objects: readonly DrmI915GemObject[]): void {
  for (const obj of objects) i915_gem_object_put(obj);
  settle();
}

function differsFromPattern(machine: Machine, address: number, seed: number): number | null {
  return firstDifference(userLoad(machine.task.mm, address, SIZE), pattern(seed, SIZE));
}

/** copyMapped() - everything is mapped, so the fast attempt pins all of it; the pages stay until the objects go */
export function copyMapped() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  userStore(machine.task.mm, into, pattern(1, SIZE));
  const answers = [blit(source, target), blit(source, target)];
  const difference = differsFromPattern(machine, into, 3);
  const whileOpen = imbalances(machine);
  const kept = target.mm.pages !== null;
  close(source, target);
  return { answers, difference, kept, whileOpen, imbalances: imbalances(machine) };
}

/** copyUntouched() - the fast attempt pins nothing, or a part that it gives back; the worker pins all of it */
export function copyUntouched() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  userStore(machine.task.mm, into, pattern(1, PAGE_SIZE));
  const first = i915_gem_do_execbuffer(source, target);
  const atOnce = IS_ERR(first) ? PTR_ERR(first) : 0;
  const heldByAttempt = imbalances(machine);
  const answers = blit(source, target);
  const difference = differsFromPattern(machine, into, 3);
  close(source, target);
  return { atOnce, heldByAttempt, last: answers.at(-1), difference, imbalances: imbalances(machine) };
}

/** copyForAnother() - another process uses the objects; it never had the memory, and the owner is gone at the end */
export function copyForAnother() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  const other = create_process();
  machine.tasks.push(other);
  context_switch(other);
  const answers = blit(source, target);
  const difference = differsFromPattern(machine, into, 3);
  do_exit(machine.task);
  const again = blit(source, target);
  const whileOpen = imbalances(machine);
  const freeBefore = nr_free_pages();
  close(source, target);
  const given = nr_free_pages() - freeBefore;
  return { last: answers.at(-1), difference, again, whileOpen, given, imbalances: imbalances(machine) };
}

/** unmapDuringCopy() - unmapping waits for the device, then takes the pages away, then the memory is free */
export function unmapDuringCopy() {
  const machine = boot();
  const { from, into, source, target } = twoObjects(machine);
  blit(source, target);
  userStore(machine.task.mm, from, pattern(8, SIZE));
  const rq = i915_gem_do_execbuffer(source, target);
  const freeBefore = nr_free_pages();
  vm_munmap(machine.task.mm, from, SIZE);
  const result = IS_ERR(rq) ? PTR_ERR(rq) : rq.result;
  const given = nr_free_pages() - freeBefore;
  const difference = differsFromPattern(machine, into, 8);
  const again = blit(source, target).at(-1);
  close(source, target);
  return {
    result,
    given,
    sourceHasPages: source.mm.pages !== null,
    difference,
    again,
    imbalances: imbalances(machine),
  };
}

/** unmapBeforeWorker() - the worker pins pages that nobody wants any more, and has to release them itself */
export function unmapBeforeWorker() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  const first = i915_gem_do_execbuffer(source, target);
  vm_munmap(machine.task.mm, into + PAGE_SIZE, PAGE_SIZE);
  mapBuffer(machine, 33, 1, READ_WRITE);
  settle();
  const handedOver = target.mm.pages !== null;
  const balanced = imbalances(machine);
  const answers = blit(source, target);
  const difference = differsFromPattern(machine, into, 3);
  close(source, target);
  const atOnce = IS_ERR(first) ? PTR_ERR(first) : 0;
  return { atOnce, handedOver, balanced, last: answers.at(-1), difference, imbalances: imbalances(machine) };
}

/** partOfIt() - the memory has a hole: what the fast attempt and the worker have pinned is released, and the error stays */
export function partOfIt() {
  const machine = boot();
  const { from, source, target } = twoObjects(machine);
  vm_munmap(machine.task.mm, from + 2 * PAGE_SIZE, PAGE_SIZE);
  const answers = blit(source, target);
  const again = blit(source, target);
  const balanced = imbalances(machine);
  close(source, target);
  return { last: answers.at(-1), again, balanced, imbalances: imbalances(machine) };
}

/** noOneThere() - the process is being killed, or has exited, or there is no memory left, when the worker runs */
export function noOneThere() {
  return {
    killed: workerAfter((machine) => {
      force_sig(machine.task);
      return [];
    }),
    gone: workerAfter((machine) => {
      do_exit(machine.task);
      return [];
    }),
    noMemory: workerAfter(() => hoardAllBut(2)),
  };
}

function workerAfter(event: (machine: Machine) => readonly Page[]) {
  const machine = boot();
  const { source, target } = twoObjects(machine);
  i915_gem_do_execbuffer(source, target);
  const hoard = event(machine);
  settle();
  const answer = blit(source, target).at(-1);
  close(source, target);
  for (const page of hoard) put_page(page);
  return { answer, imbalances: imbalances(machine) };
}

function hoardAllBut(left: number): readonly Page[] {
  const hoard = Array.from({ length: nr_free_pages() - left }, alloc_page);
  return hoard.filter((page) => page !== null);
}

/** forkAfterCopy() - a child shares the pages from then on, so the device must not write into them any more */
export function forkAfterCopy() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  blit(source, target);
  userStore(machine.task.mm, into, pattern(6, SIZE));
  const child = fork(machine.task);
  machine.tasks.push(child);
  const lostPages = [source, target].filter((obj) => obj.mm.pages === null).length;
  const last = blit(source, target).at(-1);
  const parent = differsFromPattern(machine, into, 3);
  const childUnchanged = firstDifference(userLoad(child.mm, into, SIZE), pattern(6, SIZE));
  close(source, target);
  return { lostPages, last, parent, childUnchanged, imbalances: imbalances(machine) };
}

/** copyIntoFile() - the target is a mapped file, which learns that it was written to when the pages are given back */
export function copyIntoFile() {
  const machine = boot();
  const i915 = plugGraphics();
  const mapping = mapFile(machine, 48, PAGES);
  const source = userptr(machine, i915, filledBuffer(machine, 16, PAGES, 3));
  const target = userptr(machine, i915, 48 * PAGE_SIZE);
  blit(source, target);
  const before = write_cache_pages(mapping);
  blit(source, target);
  const unnoticed = write_cache_pages(mapping);
  close(source, target);
  return { before, unnoticed, noticedAtTheEnd: write_cache_pages(mapping), imbalances: imbalances(machine) };
}

/** pulledOut() - the device goes away, with a copy under way and before one */
export function pulledOut() {
  const machine = boot();
  const { i915, into, source, target } = twoObjects(machine);
  blit(source, target);
  userStore(machine.task.mm, into, pattern(5, SIZE));
  const rq = i915_gem_do_execbuffer(source, target);
  i915.engine.present = false;
  const underWay = IS_ERR(rq) ? PTR_ERR(rq) : i915_request_wait(rq);
  const after = blit(source, target);
  const unchanged = differsFromPattern(machine, into, 5);
  close(source, target);
  return { underWay, after, unchanged, imbalances: imbalances(machine) };
}

/** closeDuringCopy() - the last reference to the objects is the copy's own, and is dropped in the interrupt */
export function closeDuringCopy() {
  const machine = boot();
  const { into, source, target } = twoObjects(machine);
  blit(source, target);
  userStore(machine.task.mm, into, pattern(5, SIZE));
  i915_gem_do_execbuffer(source, target);
  close(source, target);
  return { difference: differsFromPattern(machine, into, 3), imbalances: imbalances(machine) };
}

/** refusals() - what is no object */
export function refusals() {
  const machine = boot();
  const i915 = plugGraphics();
  const start = mapBuffer(machine, 16, PAGES, READ_WRITE);
  const tried = [
    i915_gem_userptr_ioctl(i915, start + 8, SIZE, 0),
    i915_gem_userptr_ioctl(i915, start, 100, 0),
    i915_gem_userptr_ioctl(i915, start, SIZE, I915_USERPTR_READ_ONLY),
  ];
  return tried.map((obj) => (IS_ERR(obj) ? PTR_ERR(obj) : 0));
}
