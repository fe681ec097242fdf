/**
 * Stands for drivers/rapidio/devices/rio_mport_cdev.c: DMA between memory of a process, or a buffer of the driver's, and
 * another device.
 *
 * Proves: what a type cannot count. Version 4.19 releases, when only a part of the pages could be pinned, as many as it
 * had asked for: the others are whatever the array held before. All of them have the right type, and each release is the
 * right one. (Mended in 2020 by setting nr_pages to what was pinned.) process_vm_access.ts is the same batch done right.
 * Hops: rio_dma_transfer(): page_list -> MportDmaReq.page_list -> dma_req_free() -> put_page(), or the end of the same
 * function; beside it page_list -> sg_alloc_table_from_pages() -> sg_set_page(), where the type is lost. The same table
 * describes the driver's own pages when page_list is null.
 * Modelled: transfers that are waited for, asked for later, or forgotten; a wait that a signal ends; the driver's buffers.
 * Left out: time-outs, other uses of the device file.
 */

import { BUG } from "../../../include/asm-generic/bug.ts";
import { EAGAIN, EFAULT, EINTR, EINVAL, EIO, ENOMEM } from "../../../include/linux/errno.ts";
import { FOLL_WRITE, PAGE_SIZE } from "../../../include/linux/mm.ts";
import type { Page } from "../../../include/linux/mm_types.ts";
import { type SgTable, sg_set_page } from "../../../include/linux/scatterlist.ts";
import { dma_map_sg, dma_unmap_sg } from "../../../kernel/dma/direct.ts";
import { current, fatal_signal_pending } from "../../../kernel/sched/core.ts";
import { wait_event } from "../../../kernel/sched/wait.ts";
import { alloc_workqueue, INIT_WORK, queue_work, type WorkStruct } from "../../../kernel/workqueue.ts";
import { sg_alloc_table_from_pages, sg_init_table } from "../../../lib/scatterlist.ts";
import { get_user_pages_unlocked } from "../../../mm/gup.ts";
import { alloc_page } from "../../../mm/page_alloc.ts";
import { kfree, kmalloc_array } from "../../../mm/slub.ts";
import { put_page } from "../../../mm/swap.ts";
import { type DmaChan, type DmaStatus, dmaengine_submit } from "./tsi721_dma.ts";

/** Wait for it, ask for it later by its cookie, or fire and forget. */
export type RioTransferSync = "RIO_TRANSFER_SYNC" | "RIO_TRANSFER_ASYNC" | "RIO_TRANSFER_FAF";

/** What user space asks for; without @loc_addr the memory is the driver's buffer @handle from @offset on. */
export interface RioTransferIo {
  readonly rio_addr: number;
  readonly length: number;
  readonly loc_addr: number | null;
  readonly handle: RioMportMapping | null;
  readonly offset: number;
}

/** A buffer of the driver's: one page. */
export interface RioMportMapping {
  readonly virt_page: Page;
  ref: number;
}

/** An open device file. */
export interface MportCdevPriv {
  readonly dmach: DmaChan;
  /** Somebody will ask for them. */
  readonly async_list: MportDmaReq[];
  /** A signal ended the wait for them. */
  readonly pend_list: MportDmaReq[];
}

/** A transfer from its beginning to the release of its memory. */
export interface MportDmaReq {
  readonly page_list: Page[] | null;
  readonly nr_pages: number;
  readonly map: RioMportMapping | null;
  readonly sgt: SgTable;
  cookie: number;
  status: DmaStatus;
}

const dma_wq = alloc_workqueue("rio_mport_dma_wq");

/** mport_cdev_open() - open the device file */
export function mport_cdev_open(dmach: DmaChan): MportCdevPriv {
  return { dmach, async_list: [], pend_list: [] };
}

/** mport_cdev_release() - close it: what is under way is waited for */
export function mport_cdev_release(priv: MportCdevPriv): void {
  for (const req of [...priv.async_list.splice(0), ...priv.pend_list.splice(0)]) {
    wait_event(() => req.status !== "DMA_IN_PROGRESS");
    dma_req_free(req);
  }
}

/** rio_mport_alloc_dma() - a buffer of the driver's, null when memory has run out */
export function rio_mport_alloc_dma(): RioMportMapping | null {
  const virt_page = alloc_page();
  return virt_page === null ? null : { virt_page, ref: 1 };
}

/** rio_mport_free_dma() - the buffer is no longer wanted; transfers keep it as long as they need it */
export function rio_mport_free_dma(map: RioMportMapping): void {
  map.ref--;
  if (map.ref === 0) put_page(map.virt_page);
}

/** rio_mport_read() - transfer from the other device into memory */
export function rio_mport_read(priv: MportCdevPriv, xfer: RioTransferIo, sync: RioTransferSync): number {
  return rio_dma_transfer(priv, xfer, sync, true);
}

/** rio_mport_write() - transfer from memory to the other device */
export function rio_mport_write(priv: MportCdevPriv, xfer: RioTransferIo, sync: RioTransferSync): number {
  return rio_dma_transfer(priv, xfer, sync, false);
}

/** rio_mport_wait_for_async_dma() - until the transfer with this cookie has ended; 0 or a negative errno */
export function rio_mport_wait_for_async_dma(priv: MportCdevPriv, cookie: number): number {
  const place = priv.async_list.findIndex((req) => req.cookie === cookie);
  const [req] = place === -1 ? [] : priv.async_list.splice(place, 1);
  if (req === undefined) return -EAGAIN;

  if (!wait_interruptible(req)) {
    priv.async_list.push(req);
    return -EINTR;
  }
  dma_req_free(req);
  return req.status === "DMA_COMPLETE" ? 0 : -EIO;
}

function rio_dma_transfer(
  priv: MportCdevPriv,
  xfer: RioTransferIo,
  sync: RioTransferSync,
  intoMemory: boolean,
): number {
  if (xfer.length <= 0) return -EINVAL;

  const req = xfer.loc_addr === null ? req_of_buffer(xfer) : req_of_user_pages(xfer, xfer.loc_addr, intoMemory);
  if (typeof req === "number") return req;

  dma_map_sg(req.sgt.sgl);
  const ret = do_dma_request(priv, req, xfer, sync, intoMemory);
  if (ret === -EINTR) {
    priv.pend_list.push(req);
    return ret;
  }
  if (ret < 0 || sync === "RIO_TRANSFER_SYNC") dma_req_free(req);
  return ret;
}

function req_of_user_pages(xfer: RioTransferIo, loc_addr: number, intoMemory: boolean): MportDmaReq | number {
  const offset = loc_addr % PAGE_SIZE;
  let nr_pages = Math.ceil((xfer.length + offset) / PAGE_SIZE);
  const stale = kmalloc_array();
  const page_list: Page[] = [];
  const pinned = get_user_pages_unlocked(loc_addr - offset, nr_pages, page_list, intoMemory ? FOLL_WRITE : 0);
  if (pinned === nr_pages) {
    const sgt = sg_alloc_table_from_pages(page_list, offset, xfer.length);
    return { page_list, nr_pages, map: null, sgt, cookie: 0, status: "DMA_IN_PROGRESS" };
  }
  // As in 4.19: when a part was pinned, nr_pages stays what was asked for.
  if (pinned < 0) nr_pages = 0;
  for (let i = 0; i < nr_pages; i++) put_page(page_list[i] ?? stale[i] ?? BUG("page_list[] holds no pointer"));
  kfree(page_list);
  return -EFAULT;
}

function req_of_buffer({ handle, offset, length }: RioTransferIo): MportDmaReq | number {
  if (handle === null) return -ENOMEM;
  if (length + offset > PAGE_SIZE) return -EINVAL;

  handle.ref++;
  const sgl = sg_init_table(1);
  for (const sg of sgl) sg_set_page(sg, handle.virt_page, length, offset);
  return { page_list: null, nr_pages: 0, map: handle, sgt: { sgl }, cookie: 0, status: "DMA_IN_PROGRESS" };
}

function do_dma_request(
  priv: MportCdevPriv,
  req: MportDmaReq,
  xfer: RioTransferIo,
  sync: RioTransferSync,
  intoMemory: boolean,
): number {
  const callback = sync === "RIO_TRANSFER_FAF" ? dma_faf_callback : dma_xfer_callback;
  const tx = { sgl: req.sgt.sgl, rio_addr: xfer.rio_addr, intoMemory, callback, callback_param: req };
  const cookie = dmaengine_submit(priv.dmach, tx);
  if (cookie < 0) return cookie;

  req.cookie = cookie;
  if (sync === "RIO_TRANSFER_FAF") return 0;
  if (sync === "RIO_TRANSFER_ASYNC") {
    priv.async_list.push(req);
    return cookie;
  }
  if (!wait_interruptible(req)) return -EINTR;
  return req.status === "DMA_COMPLETE" ? 0 : -EIO;
}

// False when a signal came first; the transfer goes on all the same.
function wait_interruptible(req: MportDmaReq): boolean {
  const task = current();
  wait_event(() => req.status !== "DMA_IN_PROGRESS" || fatal_signal_pending(task));
  return req.status !== "DMA_IN_PROGRESS";
}

function dma_xfer_callback(param: unknown, status: DmaStatus): void {
  const req = param as MportDmaReq;
  req.status = status;
}

function dma_faf_callback(param: unknown): void {
  queue_work(dma_wq, INIT_WORK(dma_faf_cleanup, param));
}

function dma_faf_cleanup(work: WorkStruct): void {
  dma_req_free(work.data as MportDmaReq);
}

function dma_req_free(req: MportDmaReq): void {
  dma_unmap_sg(req.sgt.sgl);
  if (req.page_list !== null) {
    for (const page of req.page_list.slice(0, req.nr_pages)) put_page(page);
    kfree(req.page_list);
  }
  if (req.map !== null) rio_mport_free_dma(req.map);
}
