/**
 * Stands for the notifier half of drivers/gpu/drm/i915/i915_gem_userptr.c.
 *
 * Modelled: when memory is unmapped, objects over it give their pages back, after the device has finished with them; a
 * worker that is still getting pages is told that nobody wants them.
 * Left out: the interval tree: a list is searched.
 */

import { BUG_ON } from "../../../../include/asm-generic/bug.ts";
import type { MmStruct } from "../../../../include/linux/mm_types.ts";
import { alloc_workqueue, flush_work, INIT_WORK, queue_work, type WorkStruct } from "../../../../kernel/workqueue.ts";
import { mmu_notifier_register, mmu_notifier_unregister } from "../../../../mm/mmu_notifier.ts";
import type { DrmI915GemObject, DrmI915Private, I915MmuNotifier, I915MmuObject } from "./i915_drv.ts";
import {
  __i915_gem_object_put_pages,
  i915_gem_object_get,
  i915_gem_object_put,
  i915_gem_object_wait,
} from "./i915_gem_object.ts";

/** i915_gem_userptr_init__mmu_notifier() - the object wants to know when its memory is unmapped */
export function i915_gem_userptr_init__mmu_notifier(obj: DrmI915GemObject): void {
  const mn = i915_mmu_notifier_find(obj.i915, obj.userptr.mm);
  mn.users++;
  const mo: I915MmuObject = { mn, obj, work: INIT_WORK(cancel_userptr, obj) };
  obj.userptr.mmu_object = mo;
}

/** i915_gem_userptr_release__mmu_notifier() - and no longer */
export function i915_gem_userptr_release__mmu_notifier(obj: DrmI915GemObject): void {
  const mo = obj.userptr.mmu_object;
  if (mo === null) return;

  del_object(mo);
  obj.userptr.mmu_object = null;
  mo.mn.users--;
  if (mo.mn.users > 0) return;

  mmu_notifier_unregister(mo.mn.mn, obj.userptr.mm);
  obj.i915.mm_structs.delete(obj.userptr.mm);
}

/** __i915_gem_userptr_set_active() - the object has pages or will have, so that unmapping concerns it, or has none */
export function __i915_gem_userptr_set_active(obj: DrmI915GemObject, value: boolean): void {
  const mo = obj.userptr.mmu_object;
  if (mo === null) return;

  del_object(mo);
  if (value) mo.mn.objects.push(mo);
}

function i915_mmu_notifier_find(i915: DrmI915Private, mm: MmStruct): I915MmuNotifier {
  const found = i915.mm_structs.get(mm);
  if (found !== undefined) return found;

  const objects: I915MmuObject[] = [];
  const wq = alloc_workqueue("i915-userptr-release");
  const invalidate_range_start = (start: number, end: number) => invalidate(wq, objects, start, end);
  const mn: I915MmuNotifier = { mn: { invalidate_range_start }, wq, objects, users: 0 };
  mmu_notifier_register(mn.mn, mm);
  i915.mm_structs.set(mm, mn);
  return mn;
}

function invalidate(wq: I915MmuNotifier["wq"], objects: readonly I915MmuObject[], start: number, end: number): void {
  const cancelled = objects.filter(({ obj }) => obj.userptr.ptr < end && start < obj.userptr.ptr + obj.size);
  for (const mo of cancelled) {
    // An object without references is being freed, and its pages with it.
    if (mo.obj.refcount > 0) {
      i915_gem_object_get(mo.obj);
      queue_work(wq, mo.work);
    }
    del_object(mo);
  }
  for (const mo of cancelled) flush_work(wq, mo.work);
}

function cancel_userptr(work: WorkStruct): void {
  const obj = work.data as DrmI915GemObject;
  const active = obj.userptr.work;
  obj.userptr.work = null;
  if (active === null) {
    i915_gem_object_wait(obj);
    __i915_gem_object_put_pages(obj);
    BUG_ON(obj.mm.pages !== null, "an object keeps pages of memory that is being unmapped");
  }
  i915_gem_object_put(obj);
}

function del_object(mo: I915MmuObject): void {
  const place = mo.mn.objects.indexOf(mo);
  if (place !== -1) mo.mn.objects.splice(place, 1);
}
