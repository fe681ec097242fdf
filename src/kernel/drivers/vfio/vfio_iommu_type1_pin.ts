/**
 * Stands for the pinning half of drivers/vfio/vfio_iommu_type1.c.
 *
 * Proves: erasure to an integer and back. A page lives for three lines; its frame number then goes through an IOMMU's page
 * table, or a tree of frame numbers, and the release makes a page of a number that may never have been one.
 * Hops: vaddr_get_pfn() -> page[0] -> pfn -> iommu_map() -> IommuEntry.paddr -> iommu_iova_to_phys() -> pfn -> put_pfn()
 * -> pfn_to_page() -> put_page(); and pfn -> VfioPfn.pfn -> put_pfn().
 *
 * Modelled: consecutive frames pinned one by one, the limit on locked memory, frames without pages, reserved frames.
 * ZERO_PAGE() is reserved: it is pinned for a mapping that devices only read, and put_pfn() then skips it. This leak is
 * the kernel's, until 6.0.
 * Left out: capabilities, huge pages.
 */

import { page_to_pfn, pfn_to_page, pfn_valid } from "../../include/asm-generic/memory_model.ts";
import { ERR_PTR, type ErrPtr } from "../../include/linux/err.ts";
import { ENODEV, ENOMEM, EOPNOTSUPP } from "../../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SHIFT, PAGE_SIZE, VM_PFNMAP } from "../../include/linux/mm.ts";
import type { MmStruct, Page, VmAreaStruct } from "../../include/linux/mm_types.ts";
import { PageReserved, SetPageDirty } from "../../include/linux/page-flags.ts";
import type { PfnRange, VfioDma } from "../../include/linux/vfio.ts";
import { get_task_mm } from "../../kernel/fork.ts";
import { down_read, down_write, up_read, up_write } from "../../kernel/locking/rwsem.ts";
import { current, type TaskStruct } from "../../kernel/sched/core.ts";
import { get_user_pages_longterm, get_user_pages_remote, vma_is_fsdax } from "../../mm/gup.ts";
import { find_vma, mmput } from "../../mm/mmap.ts";
import { put_page } from "../../mm/swap.ts";
import { IOMMU_WRITE } from "../iommu/iommu.ts";

/** vfio_pin_pages_remote() - pin at most @npage pages whose frames are consecutive, and charge them */
export function vfio_pin_pages_remote(dma: VfioDma, vaddr: number, npage: number): PfnRange | ErrPtr {
  const { mm } = current();
  const pfn_base = vaddr_get_pfn(current(), mm, vaddr, dma.prot);
  if (pfn_base < 0) return ERR_PTR(pfn_base);

  const rsvd = is_invalid_reserved_pfn(pfn_base);
  let pinned = 1;
  for (; pinned < npage; pinned++) {
    const pfn = vaddr_get_pfn(current(), mm, vaddr + pinned * PAGE_SIZE, dma.prot);
    if (pfn < 0) break;
    if (pfn === pfn_base + pinned && rsvd === is_invalid_reserved_pfn(pfn)) continue;

    put_pfn(pfn, dma.prot);
    break;
  }
  const ret = vfio_lock_acct(dma, rsvd ? 0 : pinned);
  if (ret === 0) return { pfn_base, npage: pinned };

  for (let pfn = pfn_base; pfn < pfn_base + pinned; pfn++) put_pfn(pfn, dma.prot);
  return ERR_PTR(ret);
}

/** vfio_unpin_pages_remote() - release consecutive frames; returns how many of them are counted */
export function vfio_unpin_pages_remote(dma: VfioDma, pfn: number, npage: number): number {
  let unlocked = 0;
  for (let i = 0; i < npage; i++) if (put_pfn(pfn + i, dma.prot)) unlocked++;
  return unlocked;
}

/** vfio_pin_page_external() - pin one page for a mediated device; returns its frame number or a negative errno */
export function vfio_pin_page_external(dma: VfioDma, vaddr: number, do_accounting: boolean): number {
  const mm = get_task_mm(dma.task);
  if (mm === null) return -ENODEV;

  const pfn = vaddr_get_pfn(dma.task, mm, vaddr, dma.prot);
  mmput(mm);
  if (pfn < 0 || !do_accounting || is_invalid_reserved_pfn(pfn)) return pfn;

  const ret = vfio_lock_acct(dma, 1);
  if (ret === 0) return pfn;
  put_pfn(pfn, dma.prot);
  return ret;
}

/** vfio_lock_acct() - charge frames to the owner of a mapping, or give them back; an owner that has gone owes nothing */
export function vfio_lock_acct(dma: VfioDma, npage: number): number {
  const mm = npage === 0 ? null : get_task_mm(dma.task);
  if (mm === null) return 0;

  down_write(mm.mmap_sem);
  const exceeded = npage > 0 && (mm.locked_vm + npage) * PAGE_SIZE > dma.task.rlimit_memlock;
  if (!exceeded) mm.locked_vm += npage;
  up_write(mm.mmap_sem);
  mmput(mm);
  return exceeded ? -ENOMEM : 0;
}

/** put_pfn() - release a frame, if it is one that is counted; true if it was */
export function put_pfn(pfn: number, prot: number): boolean {
  if (is_invalid_reserved_pfn(pfn)) return false;

  const page = pfn_to_page(pfn);
  if ((prot & IOMMU_WRITE) !== 0) SetPageDirty(page);
  put_page(page);
  return true;
}

function is_invalid_reserved_pfn(pfn: number): boolean {
  return !pfn_valid(pfn) || PageReserved(pfn_to_page(pfn));
}

function vaddr_get_pfn(tsk: TaskStruct, mm: MmStruct, vaddr: number, prot: number): number {
  const page: Page[] = [];
  const vmas: VmAreaStruct[] = [];
  const flags = (prot & IOMMU_WRITE) !== 0 ? FOLL_WRITE : 0;
  down_read(mm.mmap_sem);
  const ret =
    mm === current().mm
      ? get_user_pages_longterm(vaddr, 1, flags, page, vmas)
      : get_user_page_longterm_remote(tsk, mm, vaddr, flags, page, vmas);
  const pfn = page[0] === undefined ? follow_reserved_pfn(mm, vaddr, ret) : page_to_pfn(page[0]);
  up_read(mm.mmap_sem);
  return pfn;
}

function get_user_page_longterm_remote(
  tsk: TaskStruct,
  mm: MmStruct,
  vaddr: number,
  flags: number,
  page: Page[],
  vmas: VmAreaStruct[],
): number {
  const ret = get_user_pages_remote(tsk, mm, vaddr, 1, flags, page, vmas);
  if (!vmas.some(vma_is_fsdax)) return ret;

  for (const pinned of page.splice(0)) put_page(pinned);
  return -EOPNOTSUPP;
}

// Memory of a device has no page to pin: what is mapped is known from the area.
function follow_reserved_pfn(mm: MmStruct, vaddr: number, error: number): number {
  const vma = find_vma(mm, vaddr);
  if (vma === null || (vma.vm_flags & VM_PFNMAP) === 0) return error;

  const pfn = vma.vm_pgoff + ((vaddr - vma.vm_start) >> PAGE_SHIFT);
  return is_invalid_reserved_pfn(pfn) ? pfn : error;
}
