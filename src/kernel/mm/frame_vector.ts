/**
 * Stands for mm/frame_vector.c, and for struct frame_vector of include/linux/mm.h.
 *
 * Proves: slots without a type, converted in place. One array holds pages or frame numbers, a flag says which, and another
 * flag says whether there is a reference to release; no type of an element can follow that.
 * Hops: get_vaddr_frames() -> FrameVector.ptrs -> frame_vector_to_pfns() -> frame_vector_to_pages() -> FrameVector.ptrs ->
 * put_vaddr_frames() -> put_page().
 *
 * Modelled: memory that is pinned, memory that is mapped by frame number, both conversions, either release.
 * Left out: VM_IO areas that are not VM_PFNMAP.
 */

import { page_to_pfn, pfn_to_page, pfn_valid } from "../include/asm-generic/memory_model.ts";
import { ERR_PTR, type ErrPtr, IS_ERR } from "../include/linux/err.ts";
import { EFAULT, EINVAL, EOPNOTSUPP } from "../include/linux/errno.ts";
import { PAGE_SIZE, VM_PFNMAP } from "../include/linux/mm.ts";
import type { MmStruct, Page } from "../include/linux/mm_types.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { current } from "../kernel/sched/core.ts";
import { get_user_pages_locked, vma_is_fsdax } from "./gup.ts";
import { follow_pfn } from "./memory.ts";
import { find_vma } from "./mmap.ts";
import { put_page } from "./swap.ts";

/** The frames behind a range of user addresses. */
export interface FrameVector {
  nr_frames: number;
  /** The frames are pinned. */
  got_ref: boolean;
  /** The slots hold frame numbers, else pages. */
  is_pfns: boolean;
  /** Untyped, as in the kernel: get at them by frame_vector_pages() and frame_vector_pfns(). */
  readonly ptrs: unknown[];
}

/** frame_vector_create() - no frames */
export function frame_vector_create(): FrameVector {
  return { nr_frames: 0, got_ref: false, is_pfns: false, ptrs: [] };
}

/** get_vaddr_frames() - the frames behind memory of the current process, pinned or not; returns how many, or an errno */
export function get_vaddr_frames(start: number, nr_frames: number, gup_flags: number, vec: FrameVector): number {
  const { mm } = current();
  down_read(mm.mmap_sem);
  const ret = fill_frame_vector(mm, start, nr_frames, gup_flags, vec);
  up_read(mm.mmap_sem);
  if (ret > 0) vec.nr_frames = ret;
  return ret === 0 ? -EFAULT : ret;
}

/** put_vaddr_frames() - release what get_vaddr_frames() pinned, whatever the slots have become since */
export function put_vaddr_frames(vec: FrameVector): void {
  const pages = vec.got_ref ? frame_vector_pages(vec) : [];
  if (IS_ERR(pages)) return;

  for (const page of pages) put_page(page);
  vec.got_ref = false;
  vec.nr_frames = 0;
  vec.ptrs.length = 0;
}

/** frame_vector_pages() - the frames as pages; an error if one of them has none */
export function frame_vector_pages(vec: FrameVector): Page[] | ErrPtr {
  const ret = vec.is_pfns ? frame_vector_to_pages(vec) : 0;
  return ret < 0 ? ERR_PTR(ret) : (vec.ptrs as Page[]);
}

/** frame_vector_pfns() - the frames as numbers */
export function frame_vector_pfns(vec: FrameVector): readonly number[] {
  if (!vec.is_pfns) frame_vector_to_pfns(vec);
  return vec.ptrs as number[];
}

/** frame_vector_to_pages() - turn the slots from numbers into pages, all or none */
export function frame_vector_to_pages(vec: FrameVector): number {
  const nums = vec.ptrs as number[];
  if (!nums.every(pfn_valid)) return -EINVAL;

  for (const [i, pfn] of nums.entries()) vec.ptrs[i] = pfn_to_page(pfn);
  vec.is_pfns = false;
  return 0;
}

/** frame_vector_to_pfns() - turn the slots from pages into numbers */
export function frame_vector_to_pfns(vec: FrameVector): void {
  const pages = vec.ptrs as Page[];
  for (const [i, page] of pages.entries()) vec.ptrs[i] = page_to_pfn(page);
  vec.is_pfns = true;
}

function fill_frame_vector(
  mm: MmStruct,
  start: number,
  nr_frames: number,
  gup_flags: number,
  vec: FrameVector,
): number {
  const vma = find_vma(mm, start);
  if (vma === null) return -EFAULT;
  if (vma_is_fsdax(vma)) return -EOPNOTSUPP;

  vec.got_ref = (vma.vm_flags & VM_PFNMAP) === 0;
  vec.is_pfns = !vec.got_ref;
  if (vec.got_ref) return get_user_pages_locked(start, nr_frames, gup_flags, vec.ptrs as Page[]);
  return follow_pfns(mm, start, nr_frames, vec.ptrs as number[]);
}

function follow_pfns(mm: MmStruct, start: number, nr_frames: number, nums: number[]): number {
  for (let i = 0; i < nr_frames; i++) {
    const address = start + i * PAGE_SIZE;
    const vma = find_vma(mm, address);
    const pfn = vma === null ? -EFAULT : follow_pfn(vma, address);
    if (pfn < 0) return i || pfn;

    nums.push(pfn);
  }
  return nr_frames;
}
