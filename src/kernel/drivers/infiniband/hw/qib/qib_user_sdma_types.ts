/**
 * Stands for the structs of drivers/infiniband/hw/qib/qib_user_sdma.c and qib.h.
 *
 * Modelled: a port, a process's queue, a packet and its fragments.
 * Left out: receive contexts, rails, expected receives (tid).
 */

import type { SdmaEngine } from "../../../../hardware/sdma-engine.ts";
import type { Device } from "../../../../include/linux/device.ts";
import type { Page } from "../../../../include/linux/mm_types.ts";
import type { DmaPool } from "../../../../mm/dmapool.ts";

/** A port of the adapter. */
export interface QibPportdata {
  readonly dev: Device;
  readonly engine: SdmaEngine;
  /** The longest packet, with its header. */
  readonly ibmaxlen: number;
  /** Packets for which the ring had no room. */
  readonly sdma_userpending: QibUserSdmaPkt[];
  /** Descriptors ever put into the ring, and ever found finished. */
  sdma_descq_added: number;
  sdma_descq_removed: number;
}

/** What a process sends through. */
export interface QibUserSdmaQueue {
  readonly ppd: QibPportdata;
  readonly header_cache: DmaPool;
  /** Packets whose descriptors are all in the ring. */
  readonly sent: QibUserSdmaPkt[];
  num_pending: number;
  num_sending: number;
}

/** What one header describes: a packet, or several that the driver cuts from the same pages. */
export interface QibUserSdmaPkt {
  readonly pq: QibUserSdmaQueue;
  readonly addr: QibUserSdmaFrag[];
  /** One more than the fragments there may be: as in the kernel, to reach it is an error. */
  readonly addrlimit: number;
  /** The most bytes behind one header. */
  readonly frag_size: number;
  bytes_togo: number;
  payload_size: number;
  /** The header that is being filled; afterwards the first fragment that is not in the ring. */
  index: number;
  /** The port's count of descriptors when the last of these was put into the ring. */
  added: number;
}

/** A stretch of memory to send. */
export interface QibUserSdmaFrag {
  readonly offset: number;
  readonly length: number;
  /** The packet ends here. */
  readonly last_desc: boolean;
  /** Whether the page is released by put_page() or by __free_page(). */
  readonly put_page: boolean;
  readonly dma_mapped: boolean;
  /** Null for headers, and for all fragments of a page but the first. */
  readonly page: Page | null;
  /** A header's bytes. */
  readonly kvaddr: Uint8Array | null;
  readonly addr: number;
}
