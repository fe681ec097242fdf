/** A process that lets a graphics device copy from one place of its memory to another while areas and objects come and go. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import type { DrmI915GemObject, DrmI915Private, I915Request } from "../../drivers/gpu/drm/i915/i915_drv.ts";
import { i915_gem_do_execbuffer, i915_request_wait } from "../../drivers/gpu/drm/i915/i915_gem_execbuffer.ts";
import { i915_gem_object_put } from "../../drivers/gpu/drm/i915/i915_gem_object.ts";
import { i915_gem_userptr_ioctl } from "../../drivers/gpu/drm/i915/i915_gem_userptr.ts";
import { IS_ERR } from "../../include/linux/err.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, vm_munmap } from "../../mm/mmap.ts";
import { firstDifference, type Machine, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import { holdObject, plugGraphics } from "../userptr.ts";

const OBJECTS = 4;

interface Screen {
  readonly machine: Machine;
  readonly i915: DrmI915Private;
  /** Object k lies over the k-th part of the lot, as long as there is one. */
  readonly objects: (DrmI915GemObject | null)[];
  readonly lot: Lot;
  underWay: I915Request | null;
}

/** openUserptr() - a device of its own and no object */
export const openUserptr: OpenSubmitter = (machine, lot) => {
  const objects = Array.from({ length: OBJECTS }, () => null);
  const screen: Screen = { machine, i915: plugGraphics(), objects, lot, underWay: null };
  return {
    name: "userptr",
    step: (dice) => step(screen, dice),
    close: () => {
      finish(screen);
      for (let k = 0; k < OBJECTS; k++) drop(screen, k);
      return [];
    },
  };
};

function step(screen: Screen, dice: number): readonly string[] {
  const { machine, lot } = screen;
  if (dice % 3 === 0) finish(screen);
  if (machine.task.mm.mm_users === 0) {
    finish(screen);
    return [];
  }
  context_switch(machine.task);
  const move = Math.floor(dice / 3) % 16;
  const page = lot.pageNumber + (Math.floor(dice / 48) % lot.pages);
  if (move < 3) mapMissing(machine, page, lot.pageNumber + lot.pages - page);
  if (move === 3) vm_munmap(machine.task.mm, page * PAGE_SIZE, PAGE_SIZE);
  if (move === 4) drop(screen, dice % OBJECTS);
  if (move === 5 && dice % 101 === 0) screen.i915.engine.present = false;
  if (move < 6) return [];
  return copy(screen, dice);
}

function mapMissing(machine: Machine, first: number, pages: number): void {
  for (let page = first; page < first + pages; page++) {
    if (find_vma(machine.task.mm, page * PAGE_SIZE) === null) mapBuffer(machine, page, 1, READ_WRITE);
  }
}

function copy(screen: Screen, dice: number): readonly string[] {
  const from = Math.floor(dice / 7) % OBJECTS;
  const into = (from + 1 + (Math.floor(dice / 29) % (OBJECTS - 1))) % OBJECTS;
  const [source, target] = [objectAt(screen, from), objectAt(screen, into)];
  if (source === null || target === null) return [];

  finish(screen);
  copy_to_user(source.userptr.ptr, pattern(dice % 251, source.size));
  const rq = i915_gem_do_execbuffer(source, target);
  if (IS_ERR(rq)) return [];

  screen.underWay = rq;
  if (dice % 8 === 0) return unmapUnderWay(screen, source, rq);
  if (dice % 8 === 1 || finish(screen) !== 0) return [];
  return compare(source, target);
}

// Unmapping has to wait for the device.
function unmapUnderWay({ machine }: Screen, source: DrmI915GemObject, rq: I915Request): readonly string[] {
  vm_munmap(machine.task.mm, source.userptr.ptr, PAGE_SIZE);
  return rq.result === null ? ["userptr: memory was unmapped while it was being copied"] : [];
}

// What another thread has unmapped meanwhile cannot be compared; the rest has to be equal.
function compare(source: DrmI915GemObject, target: DrmI915GemObject): readonly string[] {
  const [left, right] = [source, target].map((obj) => {
    const bytes = new Uint8Array(obj.size);
    return copy_from_user(bytes, obj.userptr.ptr) === 0 ? bytes : new Uint8Array(0);
  });
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return [];

  const difference = firstDifference(left, right);
  return difference === null ? [] : [`userptr: byte ${difference} was not copied`];
}

function finish(screen: Screen): number | null {
  const rq = screen.underWay;
  screen.underWay = null;
  return rq === null ? null : i915_request_wait(rq);
}

function objectAt(screen: Screen, k: number): DrmI915GemObject | null {
  const present = screen.objects[k];
  if (present != null) return present;

  const pages = Math.floor(screen.lot.pages / OBJECTS);
  const ptr = (screen.lot.pageNumber + k * pages) * PAGE_SIZE;
  const obj = i915_gem_userptr_ioctl(screen.i915, ptr, pages * PAGE_SIZE, 0);
  if (IS_ERR(obj)) return null;

  holdObject(screen.machine, obj);
  screen.objects[k] = obj;
  return obj;
}

function drop(screen: Screen, k: number): void {
  const obj = screen.objects[k];
  screen.objects[k] = null;
  if (obj != null) i915_gem_object_put(obj);
}
