/**
 * Stands for drivers/gpu/drm/i915/i915_gem_userptr.c: memory of a process as an object of the graphics driver.
 *
 * Proves: a transfer of ownership, which no type expresses: the pins in pvec become the object's the moment the table is
 * made, `pinned = 0` says so, and release_pages() then releases nothing. On the way the type is lost in the table's
 * integers; the last release takes pages out of them that nothing marks as pinned.
 * Hops: __i915_gem_userptr_get_pages_worker() or i915_gem_userptr_get_pages(): pvec -> __i915_gem_userptr_alloc_pages()
 * -> sg_alloc_table_from_pages() -> sg_set_page() -> DrmI915GemObject.mm.pages -> i915_gem_userptr_put_pages() ->
 * sgt_pages() -> put_page(); what was not handed over: pvec -> release_pages().
 * Modelled: the fast attempt, the worker that pins in another process's memory, its cancellation, unmapping.
 * Left out: read-only objects, which 4.19 refuses; memory that runs out for anything but pages.
 */

import { BUG_ON } from "../../../../include/asm-generic/bug.ts";
import { ERR_PTR, type ErrPtr, IS_ERR, PTR_ERR } from "../../../../include/linux/err.ts";
import { EAGAIN, EFAULT, EINVAL, ENODEV } from "../../../../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SHIFT, PAGE_SIZE } from "../../../../include/linux/mm.ts";
import type { Page } from "../../../../include/linux/mm_types.ts";
import type { SgTable } from "../../../../include/linux/scatterlist.ts";
import { dma_map_sg, dma_unmap_sg } from "../../../../kernel/dma/direct.ts";
import { down_read, up_read } from "../../../../kernel/locking/rwsem.ts";
import { current, type TaskStruct } from "../../../../kernel/sched/core.ts";
import { INIT_WORK, queue_work, type WorkStruct } from "../../../../kernel/workqueue.ts";
import { sg_alloc_table_from_pages, sgt_pages } from "../../../../lib/scatterlist.ts";
import { __get_user_pages_fast, get_user_pages_remote } from "../../../../mm/gup.ts";
import { mmget_not_zero, mmput } from "../../../../mm/mmap.ts";
import { set_page_dirty } from "../../../../mm/page-writeback.ts";
import { put_page, release_pages } from "../../../../mm/swap.ts";
import type { DrmI915GemObject, DrmI915GemObjectOps, DrmI915Private } from "./i915_drv.ts";
import { __i915_gem_object_set_pages, i915_gem_object_get, i915_gem_object_put } from "./i915_gem_object.ts";
import {
  __i915_gem_userptr_set_active,
  i915_gem_userptr_init__mmu_notifier,
  i915_gem_userptr_release__mmu_notifier,
} from "./i915_mmu_notifier.ts";

/** The device may only read. */
export const I915_USERPTR_READ_ONLY = 0x1;

interface GetPagesWork {
  readonly obj: DrmI915GemObject;
  readonly task: TaskStruct;
}

const i915_gem_userptr_ops: DrmI915GemObjectOps = {
  get_pages: i915_gem_userptr_get_pages,
  put_pages: i915_gem_userptr_put_pages,
  release: i915_gem_userptr_release__mmu_notifier,
};

/** i915_gem_userptr_ioctl() - an object over memory of the current process, whose pages are pinned when they are needed */
export function i915_gem_userptr_ioctl(
  i915: DrmI915Private,
  ptr: number,
  size: number,
  flags: number,
): DrmI915GemObject | ErrPtr {
  if (size <= 0 || ptr % PAGE_SIZE !== 0 || size % PAGE_SIZE !== 0) return ERR_PTR(-EINVAL);
  if ((flags & I915_USERPTR_READ_ONLY) !== 0) return ERR_PTR(-ENODEV);

  const obj: DrmI915GemObject = {
    i915,
    ops: i915_gem_userptr_ops,
    size,
    refcount: 1,
    active: 0,
    mm: { pages: null, pages_pin_count: 0, dirty: false },
    userptr: { ptr, mm: current().mm, work: null, mmu_object: null },
  };
  i915_gem_userptr_init__mmu_notifier(obj);
  return obj;
}

function i915_gem_userptr_get_pages(obj: DrmI915GemObject): number {
  const { work, mm, ptr } = obj.userptr;
  if (work !== null) return IS_ERR(work) ? PTR_ERR(work) : -EAGAIN;

  const num_pages = obj.size >> PAGE_SHIFT;
  const pvec: Page[] = [];
  const pinned = mm === current().mm ? __get_user_pages_fast(ptr, num_pages, true, pvec) : 0;
  if (pinned < num_pages) {
    __i915_gem_userptr_get_pages_schedule(obj);
    __i915_gem_userptr_set_active(obj, true);
    release_pages(pvec, pinned);
    return -EAGAIN;
  }
  __i915_gem_userptr_alloc_pages(obj, pvec, num_pages);
  __i915_gem_userptr_set_active(obj, true);
  return 0;
}

function __i915_gem_userptr_get_pages_schedule(obj: DrmI915GemObject): void {
  const data: GetPagesWork = { obj: i915_gem_object_get(obj), task: current() };
  const work = INIT_WORK(__i915_gem_userptr_get_pages_worker, data);
  obj.userptr.work = work;
  queue_work(obj.i915.userptr_wq, work);
}

function __i915_gem_userptr_get_pages_worker(_work: WorkStruct): void {
  const { obj, task } = _work.data as GetPagesWork;
  const npages = obj.size >> PAGE_SHIFT;
  const pvec: Page[] = [];
  const ret = pin_remote(obj, task, npages, pvec);
  let pinned = pvec.length;
  // Whoever cancels takes the item out of the object: then the pages are for nobody.
  if (obj.userptr.work === _work) {
    if (pinned === npages) {
      __i915_gem_userptr_alloc_pages(obj, pvec, npages);
      pinned = 0;
      obj.userptr.work = null;
    } else {
      obj.userptr.work = ERR_PTR(ret);
      __i915_gem_userptr_set_active(obj, false);
    }
  }
  release_pages(pvec, pinned);
  i915_gem_object_put(obj);
}

function pin_remote({ userptr }: DrmI915GemObject, task: TaskStruct, npages: number, pvec: Page[]): number {
  const { mm, ptr } = userptr;
  if (!mmget_not_zero(mm)) return -EFAULT;

  down_read(mm.mmap_sem);
  let ret = 0;
  while (pvec.length < npages && ret >= 0) {
    const start = ptr + pvec.length * PAGE_SIZE;
    ret = get_user_pages_remote(task, mm, start, npages - pvec.length, FOLL_WRITE, pvec, null);
  }
  up_read(mm.mmap_sem);
  mmput(mm);
  return ret;
}

function __i915_gem_userptr_alloc_pages(obj: DrmI915GemObject, pvec: readonly Page[], num_pages: number): void {
  const st = sg_alloc_table_from_pages(pvec, 0, num_pages << PAGE_SHIFT);
  dma_map_sg(st.sgl);
  __i915_gem_object_set_pages(obj, st);
}

function i915_gem_userptr_put_pages(obj: DrmI915GemObject, pages: SgTable): void {
  BUG_ON(obj.userptr.work !== null, "pages are put while others are on their way");
  __i915_gem_userptr_set_active(obj, false);
  dma_unmap_sg(pages.sgl);
  for (const page of sgt_pages(pages)) {
    if (obj.mm.dirty) set_page_dirty(page);
    put_page(page);
  }
  obj.mm.dirty = false;
}
