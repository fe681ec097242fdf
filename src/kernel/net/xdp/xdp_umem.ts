/**
 * Stands for net/xdp/xdp_umem.c: memory of a process that is registered for an AF_XDP socket.
 *
 * Proves: pins that rest in a field of a struct and are released by another function, later, from a work item, when the
 * process that pinned them may be gone. Between the two nobody touches them as pages: the data path works with their
 * addresses, so the type ends there and costs it nothing.
 * Hops: xdp_umem_pin_pages() -> XdpUmem.pgs -> xdp_put_umem() -> xdp_umem_release_deferred() -> xdp_umem_unpin_pages()
 * -> put_page(); beside it XdpUmem.pgs -> page_address() -> XdpUmem.pages.
 * Modelled: registration with all its checks, the limit on locked memory, sharing, the deferred release.
 * Left out: zero-copy devices, hugepages, the user whose limit it is: the process is charged itself.
 */

import { page_address } from "../../include/asm-generic/memory_model.ts";
import { ERR_PTR, type ErrPtr } from "../../include/linux/err.ts";
import { EINVAL, ENOBUFS, ENOMEM } from "../../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SHIFT, PAGE_SIZE } from "../../include/linux/mm.ts";
import type { MmStruct, Page } from "../../include/linux/mm_types.ts";
import { down_write, up_write } from "../../kernel/locking/rwsem.ts";
import { current } from "../../kernel/sched/core.ts";
import { INIT_WORK, schedule_work, type WorkStruct } from "../../kernel/workqueue.ts";
import { get_user_pages } from "../../mm/gup.ts";
import { set_page_dirty_lock } from "../../mm/page-writeback.ts";
import { put_page } from "../../mm/swap.ts";
import type { XskQueue } from "./xsk_queue.ts";

const XDP_UMEM_MIN_CHUNK_SIZE = 2048;
// What XDP programs may put in front of a frame.
const XDP_PACKET_HEADROOM = 256;

/** What user space registers. */
export interface XdpUmemReg {
  readonly addr: number;
  readonly len: number;
  readonly chunk_size: number;
  readonly headroom: number;
}

/** What the data path knows of a page: where its bytes are. */
interface XdpUmemPage {
  readonly addr: Uint8Array;
}

/** Registered memory. */
export interface XdpUmem {
  /** Chunks that user space offers for frames to come. */
  fq: XskQueue<number> | null;
  /** Chunks whose frames have gone. */
  cq: XskQueue<number> | null;
  readonly address: number;
  readonly size: number;
  readonly chunk_size_nohr: number;
  readonly headroom: number;
  readonly pages: XdpUmemPage[];
  readonly pgs: Page[];
  npgs: number;
  users: number;
  /** Charged for the pages; its process may have exited. */
  readonly mm: MmStruct;
}

/** xdp_umem_create() - pin what is to be registered; the caller owns one reference */
export function xdp_umem_create(mr: XdpUmemReg): XdpUmem | ErrPtr {
  const umem = xdp_umem_init(mr);
  const err = xdp_umem_reg(umem, mr);
  return err === 0 ? umem : ERR_PTR(err);
}

/** xdp_get_umem() - one more socket uses the memory */
export function xdp_get_umem(umem: XdpUmem): void {
  umem.users++;
}

/** xdp_put_umem() - one socket fewer, possibly in an interrupt: what may sleep is left to a work item */
export function xdp_put_umem(umem: XdpUmem): void {
  umem.users--;
  if (umem.users === 0) schedule_work(INIT_WORK(xdp_umem_release_deferred, umem));
}

/** xdp_umem_get_data() - the bytes from an address within the memory to the end of its page */
export function xdp_umem_get_data(umem: XdpUmem, addr: number): Uint8Array | null {
  return umem.pages[addr >> PAGE_SHIFT]?.addr.subarray(addr % PAGE_SIZE) ?? null;
}

function xdp_umem_init({ addr, len, chunk_size, headroom }: XdpUmemReg): XdpUmem {
  return {
    fq: null,
    cq: null,
    address: addr,
    size: len,
    chunk_size_nohr: chunk_size - headroom,
    headroom,
    pages: [],
    pgs: [],
    npgs: Math.floor(len / PAGE_SIZE),
    users: 1,
    mm: current().mm,
  };
}

function xdp_umem_reg(umem: XdpUmem, mr: XdpUmemReg): number {
  if (!xdp_umem_is_sound(mr)) return -EINVAL;

  const err = xdp_umem_account_pages(umem);
  if (err !== 0) return err;

  const pinned = xdp_umem_pin_pages(umem);
  if (pinned !== 0) {
    xdp_umem_unaccount_pages(umem, Math.floor(mr.len / PAGE_SIZE));
    return pinned;
  }
  for (const page of umem.pgs) umem.pages.push({ addr: page_address(page) });
  return 0;
}

function xdp_umem_is_sound({ addr, len, chunk_size, headroom }: XdpUmemReg): boolean {
  const chunkFits = chunk_size >= XDP_UMEM_MIN_CHUNK_SIZE && chunk_size <= PAGE_SIZE && PAGE_SIZE % chunk_size === 0;
  const wholePages = addr % PAGE_SIZE === 0 && len > 0 && len % PAGE_SIZE === 0;
  return chunkFits && wholePages && headroom + XDP_PACKET_HEADROOM < chunk_size;
}

function xdp_umem_account_pages({ mm, npgs }: XdpUmem): number {
  if ((mm.locked_vm + npgs) * PAGE_SIZE > current().rlimit_memlock) return -ENOBUFS;

  mm.locked_vm += npgs;
  return 0;
}

function xdp_umem_unaccount_pages({ mm }: XdpUmem, npgs: number): void {
  mm.locked_vm -= npgs;
}

function xdp_umem_pin_pages(umem: XdpUmem): number {
  const { mmap_sem } = current().mm;
  down_write(mmap_sem);
  const npgs = get_user_pages(umem.address, umem.npgs, FOLL_WRITE, umem.pgs, null);
  up_write(mmap_sem);
  if (npgs === umem.npgs) return 0;
  if (npgs < 0) return npgs;

  umem.npgs = npgs;
  xdp_umem_unpin_pages(umem);
  return -ENOMEM;
}

function xdp_umem_unpin_pages(umem: XdpUmem): void {
  for (const page of umem.pgs) {
    set_page_dirty_lock(page);
    put_page(page);
  }
  umem.pgs.length = 0;
}

function xdp_umem_release_deferred(work: WorkStruct): void {
  const umem = work.data as XdpUmem;
  xdp_umem_unpin_pages(umem);
  umem.pages.length = 0;
  xdp_umem_unaccount_pages(umem, umem.npgs);
}
