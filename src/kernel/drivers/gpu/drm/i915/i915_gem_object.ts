/**
 * Stands for the objects of drivers/gpu/drm/i915/i915_gem.c.
 *
 * Modelled: references, pages that are there while somebody needs them and stay until somebody wants them back.
 * Left out: domains, tiling, the shrinker.
 */

import { BUG_ON } from "../../../../include/asm-generic/bug.ts";
import { EBUSY } from "../../../../include/linux/errno.ts";
import type { SgTable } from "../../../../include/linux/scatterlist.ts";
import { wait_event } from "../../../../kernel/sched/wait.ts";
import { INIT_WORK, schedule_work, type WorkStruct } from "../../../../kernel/workqueue.ts";
import type { DrmI915GemObject } from "./i915_drv.ts";

/** i915_gem_object_get() - one more reference */
export function i915_gem_object_get(obj: DrmI915GemObject): DrmI915GemObject {
  obj.refcount++;
  return obj;
}

/** i915_gem_object_put() - one fewer, possibly in an interrupt; the last one leaves the rest to a work item */
export function i915_gem_object_put(obj: DrmI915GemObject): void {
  BUG_ON(obj.refcount === 0, "an object is put that has been freed");
  obj.refcount--;
  if (obj.refcount === 0) schedule_work(INIT_WORK(__i915_gem_free_work, obj));
}

/** __i915_gem_object_set_pages() - the object has its pages */
export function __i915_gem_object_set_pages(obj: DrmI915GemObject, pages: SgTable): void {
  BUG_ON(obj.mm.pages !== null, "an object gets pages and has some");
  obj.mm.pages = pages;
}

/** i915_gem_object_pin_pages() - the pages are there and stay until they are unpinned; 0 or a negative errno */
export function i915_gem_object_pin_pages(obj: DrmI915GemObject): number {
  const err = obj.mm.pages === null ? obj.ops.get_pages(obj) : 0;
  if (err === 0) obj.mm.pages_pin_count++;
  return err;
}

/** i915_gem_object_unpin_pages() - the pages are no longer needed, which does not mean that they go */
export function i915_gem_object_unpin_pages(obj: DrmI915GemObject): void {
  obj.mm.pages_pin_count--;
}

/** __i915_gem_object_put_pages() - take an object's pages away, unless somebody needs them */
export function __i915_gem_object_put_pages(obj: DrmI915GemObject): number {
  if (obj.mm.pages_pin_count > 0) return -EBUSY;

  const { pages } = obj.mm;
  obj.mm.pages = null;
  if (pages !== null) obj.ops.put_pages(obj, pages);
  return 0;
}

/** i915_gem_object_wait() - until the device does not use the object any more */
export function i915_gem_object_wait(obj: DrmI915GemObject): void {
  wait_event(() => obj.active === 0);
}

function __i915_gem_free_work(work: WorkStruct): void {
  const obj = work.data as DrmI915GemObject;
  __i915_gem_object_put_pages(obj);
  obj.ops.release(obj);
}
