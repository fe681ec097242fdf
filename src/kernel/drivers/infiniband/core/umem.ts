/**
 * Stands for drivers/infiniband/core/umem.c: the target of patch 3/3 of the series under discussion.
 *
 * Proves: a generic container ends the type. The pages go from a scratch array into a scatterlist, whose entry is an
 * integer with flag bits, and come back out of it as any page; the release is two functions and one conversion away.
 * Hops: ib_umem_get() -> page_list -> sg_set_page() -> IbUmem.sg_head -> sg_page() -> __ib_umem_release().
 *
 * Modelled: pinning for long in batches of one page of pointers, the limit on locked memory, the error path, which
 * releases without dirtying, the release while the process is alive, gone, or busy with its own memory.
 * Left out: on-demand paging, huge pages, capabilities, merging of neighbouring entries.
 */

import { ERR_PTR, type ErrPtr } from "../../../include/linux/err.ts";
import { EINVAL, ENOMEM } from "../../../include/linux/errno.ts";
import { FOLL_FORCE, FOLL_WRITE, PAGE_SHIFT, PAGE_SIZE } from "../../../include/linux/mm.ts";
import type { MmStruct, Page, VmAreaStruct } from "../../../include/linux/mm_types.ts";
import { PageDirty } from "../../../include/linux/page-flags.ts";
import { sg_page, sg_set_page } from "../../../include/linux/scatterlist.ts";
import { type IbUcontext, type IbUmem, ib_access_writable } from "../../../include/rdma/ib_verbs.ts";
import { dma_map_sg_attrs, dma_unmap_sg } from "../../../kernel/dma/direct.ts";
import { get_task_mm } from "../../../kernel/fork.ts";
import { down_write, down_write_trylock, up_write } from "../../../kernel/locking/rwsem.ts";
import { current } from "../../../kernel/sched/core.ts";
import { alloc_workqueue, INIT_WORK, queue_work, type WorkStruct } from "../../../kernel/workqueue.ts";
import { sg_init_table } from "../../../lib/scatterlist.ts";
import { get_user_pages_longterm } from "../../../mm/gup.ts";
import { mmput } from "../../../mm/mmap.ts";
import { set_page_dirty_lock } from "../../../mm/page-writeback.ts";
import { put_page } from "../../../mm/swap.ts";

/** A charge that is given back later, with the memory it is charged to. */
interface IbUmemAccount {
  readonly mm: MmStruct;
  readonly diff: number;
}

const PAGE_POINTERS_PER_PAGE = PAGE_SIZE / 8;

const ib_wq = alloc_workqueue("infiniband");

/** ib_umem_get() - pin memory of the current process for a device and charge it as locked */
export function ib_umem_get(context: IbUcontext, addr: number, size: number, access: number): IbUmem | ErrPtr {
  const { mm, rlimit_memlock } = current();
  const npages = pages_touched(addr, size);
  if (npages === 0) return ERR_PTR(-EINVAL);

  down_write(mm.mmap_sem);
  const locked = mm.pinned_vm + npages;
  const umem = init_umem(context, addr, size, access);
  const ret = locked * PAGE_SIZE > rlimit_memlock ? -ENOMEM : ib_umem_pin_and_map(umem);
  if (ret === 0) mm.pinned_vm = locked;
  else __ib_umem_release(umem, false);
  up_write(mm.mmap_sem);
  return ret === 0 ? umem : ERR_PTR(ret);
}

/** ib_umem_release() - the device is done with the memory; its process need not exist any more */
export function ib_umem_release(umem: IbUmem): void {
  const { context } = umem;
  __ib_umem_release(umem, true);
  const mm = get_task_mm(context.tgid);
  if (mm === null) return;

  const account: IbUmemAccount = { mm, diff: ib_umem_num_pages(umem) };
  if (!context.closing) {
    down_write(mm.mmap_sem);
    uncharge(account);
  } else if (down_write_trylock(mm.mmap_sem)) {
    uncharge(account);
  } else {
    queue_work(ib_wq, INIT_WORK(ib_umem_account, account));
  }
}

/** ib_umem_num_pages() - how many pages the memory touches */
export function ib_umem_num_pages(umem: IbUmem): number {
  return pages_touched(umem.address, umem.length);
}

function init_umem(context: IbUcontext, address: number, length: number, access: number): IbUmem {
  const sg_head = sg_init_table(pages_touched(address, length));
  return { context, address, length, writable: ib_access_writable(access), sg_head, npages: 0, nmap: 0 };
}

function ib_umem_pin_and_map(umem: IbUmem): number {
  const ret = ib_umem_pin(umem);
  if (ret < 0) return ret;

  umem.nmap = dma_map_sg_attrs(umem.context.device.dma_device, umem.sg_head);
  return umem.nmap === 0 ? -ENOMEM : 0;
}

// Memory that the device only reads is pinned as if for writing too: its pages are then nobody else's.
function ib_umem_pin(umem: IbUmem): number {
  const gup_flags = umem.writable ? FOLL_WRITE : FOLL_WRITE | FOLL_FORCE;
  const page_list: Page[] = [];
  const vma_list: VmAreaStruct[] = [];
  while (umem.npages < umem.sg_head.length) {
    page_list.length = 0;
    vma_list.length = 0;
    const cur_base = umem.address - (umem.address % PAGE_SIZE) + (umem.npages << PAGE_SHIFT);
    const nr_pages = Math.min(umem.sg_head.length - umem.npages, PAGE_POINTERS_PER_PAGE);
    const ret = get_user_pages_longterm(cur_base, nr_pages, gup_flags, page_list, vma_list);
    if (ret < 0) return ret;

    ib_umem_add_pages(umem, page_list);
  }
  return 0;
}

function ib_umem_add_pages(umem: IbUmem, page_list: readonly Page[]): void {
  for (const page of page_list) {
    const sg = umem.sg_head[umem.npages];
    if (sg === undefined) return;

    sg_set_page(sg, page, PAGE_SIZE, 0);
    umem.npages++;
  }
}

function __ib_umem_release(umem: IbUmem, dirty: boolean): void {
  if (umem.nmap > 0) dma_unmap_sg(umem.sg_head);
  for (const sg of umem.sg_head.slice(0, umem.npages)) {
    const page = sg_page(sg);
    if (!PageDirty(page) && umem.writable && dirty) set_page_dirty_lock(page);
    put_page(page);
  }
}

function ib_umem_account(work: WorkStruct): void {
  const account = work.data as IbUmemAccount;
  down_write(account.mm.mmap_sem);
  uncharge(account);
}

function uncharge({ mm, diff }: IbUmemAccount): void {
  mm.pinned_vm -= diff;
  up_write(mm.mmap_sem);
  mmput(mm);
}

function pages_touched(address: number, length: number): number {
  return Math.ceil(((address % PAGE_SIZE) + length) / PAGE_SIZE);
}
