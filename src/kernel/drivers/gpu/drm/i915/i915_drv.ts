/**
 * Stands for drivers/gpu/drm/i915/i915_drv.c, i915_drv.h and i915_gem_object.h.
 *
 * Modelled: the device, its objects, and who may be asked for an object's pages: the table of operations is all that
 * the rest of the driver knows of where they come from.
 * Left out: everything but copying between objects.
 */

import type { Blitter } from "../../../../hardware/blitter.ts";
import type { ErrPtr } from "../../../../include/linux/err.ts";
import type { MmStruct, MmuNotifier } from "../../../../include/linux/mm_types.ts";
import type { SgTable } from "../../../../include/linux/scatterlist.ts";
import { alloc_workqueue, type WorkqueueStruct, type WorkStruct } from "../../../../kernel/workqueue.ts";

/** The device. */
export interface DrmI915Private {
  readonly engine: Blitter;
  /** Work that has to wait for memory. */
  readonly userptr_wq: WorkqueueStruct;
  /** One for each process that has given memory to the device. */
  readonly mm_structs: Map<MmStruct, I915MmuNotifier>;
  readonly requests: Map<number, I915Request>;
  last_seqno: number;
}

/** Where the pages of an object come from and go to. */
export interface DrmI915GemObjectOps {
  /** 0 when the object has its pages, a negative errno otherwise; -EAGAIN: they are on their way. */
  readonly get_pages: (obj: DrmI915GemObject) => number;
  readonly put_pages: (obj: DrmI915GemObject, pages: SgTable) => void;
  readonly release: (obj: DrmI915GemObject) => void;
}

/** Memory that the device can use. */
export interface DrmI915GemObject {
  readonly i915: DrmI915Private;
  readonly ops: DrmI915GemObjectOps;
  readonly size: number;
  refcount: number;
  /** Requests that use it and have not ended. */
  active: number;
  readonly mm: ObjectPages;
  readonly userptr: I915Userptr;
}

interface ObjectPages {
  pages: SgTable | null;
  /** Who needs the pages to stay. */
  pages_pin_count: number;
  /** The device has written, or may have. */
  dirty: boolean;
}

/** What makes an object one of a process's memory. */
export interface I915Userptr {
  readonly ptr: number;
  readonly mm: MmStruct;
  /** The item that is getting the pages, an error that it left, null when there is neither. */
  work: WorkStruct | ErrPtr | null;
  mmu_object: I915MmuObject | null;
}

/** An object in the eyes of the notifier. */
export interface I915MmuObject {
  readonly mn: I915MmuNotifier;
  readonly obj: DrmI915GemObject;
  readonly work: WorkStruct;
}

/** A process whose unmapping the device must know of. */
export interface I915MmuNotifier {
  readonly mn: MmuNotifier;
  readonly wq: WorkqueueStruct;
  /** Objects that have pages, or will. */
  readonly objects: I915MmuObject[];
  users: number;
}

/** A copy that was asked for. */
export interface I915Request {
  readonly seqno: number;
  readonly source: DrmI915GemObject;
  readonly target: DrmI915GemObject;
  /** null while it runs, then 0 or a negative errno. */
  result: number | null;
}

/** i915_driver_load() - a device for an engine that was found */
export function i915_driver_load(engine: Blitter): DrmI915Private {
  const userptr_wq = alloc_workqueue("i915-userptr-acquire");
  return { engine, userptr_wq, mm_structs: new Map(), requests: new Map(), last_seqno: 0 };
}
