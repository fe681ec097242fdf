/**
 * Stands for include/rdma/ib_verbs.h and ib_umem.h.
 *
 * Modelled: device, user context, memory region, and the user memory behind a region.
 * Left out: protection domains, queue pairs (a doorbell of the hardware here), on-demand paging, huge pages.
 */

import type { TaskStruct } from "../../kernel/sched/core.ts";
import type { Device } from "../linux/device.ts";
import type { ErrPtr } from "../linux/err.ts";
import type { Scatterlist } from "../linux/scatterlist.ts";

/** The adapter may write into the memory for its owner. */
export const IB_ACCESS_LOCAL_WRITE = 1 << 0;
/** The other end may write into the memory. */
export const IB_ACCESS_REMOTE_WRITE = 1 << 1;

/** An adapter and its driver's functions. */
export interface IbDevice {
  readonly dma_device: Device;
  readonly reg_user_mr: (context: IbUcontext, start: number, length: number, access: number) => IbMr | ErrPtr;
  readonly dereg_mr: (mr: IbMr) => void;
  /** Whom to tell about news in a completion queue, by its number. */
  readonly comp_handlers: Map<number, () => void>;
  /** The driver's own. */
  readonly driver_data: unknown;
}

/** What a process has opened. */
export interface IbUcontext {
  readonly device: IbDevice;
  /** Whom locked memory is charged to. The kernel keeps its process id, so that the process may go. */
  readonly tgid: TaskStruct;
  /** The file is being closed, so nobody may wait for mmap_sem. */
  closing: boolean;
}

/** Memory that an adapter knows by a key. */
export interface IbMr {
  readonly device: IbDevice;
  readonly lkey: number;
  readonly umem: IbUmem;
}

/** Pinned memory of a process. The pages are in the scatterlist and nowhere else. */
export interface IbUmem {
  readonly context: IbUcontext;
  readonly address: number;
  readonly length: number;
  readonly writable: boolean;
  readonly sg_head: readonly Scatterlist[];
  /** Entries of sg_head that have a page. */
  npages: number;
  /** Entries that are mapped for the device. */
  nmap: number;
}

/** ib_access_writable() - does anybody get to write */
export function ib_access_writable(access_flags: number): boolean {
  return (access_flags & (IB_ACCESS_LOCAL_WRITE | IB_ACCESS_REMOTE_WRITE)) !== 0;
}
