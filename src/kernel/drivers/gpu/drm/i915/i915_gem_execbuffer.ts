/**
 * Stands for drivers/gpu/drm/i915/i915_gem_execbuffer.c and i915_request.c.
 *
 * Modelled: one kind of job: copy one object to another of the same size. -EAGAIN means that pages are on their way and
 * user space is to ask again, as libdrm does.
 * Left out: batch buffers, relocations, several engines.
 */

import { type BlitRange, blitterDoorbell } from "../../../../hardware/blitter.ts";
import { BUG } from "../../../../include/asm-generic/bug.ts";
import { ERR_PTR, type ErrPtr } from "../../../../include/linux/err.ts";
import { EINVAL, EIO } from "../../../../include/linux/errno.ts";
import { wait_event } from "../../../../kernel/sched/wait.ts";
import { irq_enter, irq_exit } from "../../../../kernel/softirq.ts";
import type { DrmI915GemObject, DrmI915Private, I915Request } from "./i915_drv.ts";
import {
  i915_gem_object_get,
  i915_gem_object_pin_pages,
  i915_gem_object_put,
  i915_gem_object_unpin_pages,
} from "./i915_gem_object.ts";

/** i915_gem_do_execbuffer() - start a copy */
export function i915_gem_do_execbuffer(source: DrmI915GemObject, target: DrmI915GemObject): I915Request | ErrPtr {
  if (source.size !== target.size) return ERR_PTR(-EINVAL);

  const err = eb_reserve(source, target);
  return err === 0 ? i915_request_add(source, target) : ERR_PTR(err);
}

/** i915_request_wait() - until a copy has ended; 0 or a negative errno */
export function i915_request_wait(rq: I915Request): number {
  wait_event(() => rq.result !== null);
  return rq.result ?? -EIO;
}

/** i915_irq_install() - completions of the engine are noticed from now on */
export function i915_irq_install(i915: DrmI915Private): void {
  i915.engine.interrupt = () => i915_irq_handler(i915);
}

function eb_reserve(source: DrmI915GemObject, target: DrmI915GemObject): number {
  if (!source.i915.engine.present) return -EIO;

  const err = i915_gem_object_pin_pages(source);
  if (err !== 0) return err;

  const ret = i915_gem_object_pin_pages(target);
  if (ret !== 0) i915_gem_object_unpin_pages(source);
  return ret;
}

function i915_request_add(source: DrmI915GemObject, target: DrmI915GemObject): I915Request {
  const { i915 } = source;
  i915.last_seqno++;
  const rq: I915Request = { seqno: i915.last_seqno, source, target, result: null };
  target.mm.dirty = true;
  for (const obj of [source, target]) i915_gem_object_get(obj).active++;
  i915.requests.set(rq.seqno, rq);
  blitterDoorbell(i915.engine, { seqno: rq.seqno, source: dma_ranges(source), target: dma_ranges(target) });
  return rq;
}

function dma_ranges(obj: DrmI915GemObject): readonly BlitRange[] {
  const { sgl } = obj.mm.pages ?? BUG("an object without pages is used");
  return sgl.map(({ dma_address, length }) => ({ address: dma_address, length }));
}

function i915_irq_handler(i915: DrmI915Private): void {
  irq_enter();
  for (const { seqno, failed } of i915.engine.completions.splice(0)) {
    const rq = i915.requests.get(seqno) ?? BUG(`completion of request ${seqno}, which does not run`);
    i915.requests.delete(seqno);
    i915_request_retire(rq, failed ? -EIO : 0);
  }
  irq_exit();
}

function i915_request_retire(rq: I915Request, result: number): void {
  rq.result = result;
  for (const obj of [rq.source, rq.target]) {
    obj.active--;
    i915_gem_object_unpin_pages(obj);
    i915_gem_object_put(obj);
  }
}
