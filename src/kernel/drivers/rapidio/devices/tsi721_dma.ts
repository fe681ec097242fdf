/**
 * Stands for drivers/rapidio/devices/tsi721_dma.c and the part of drivers/dma/dmaengine.c that it needs.
 *
 * Modelled: a channel that takes transfers and calls back, in interrupt context, when each has ended.
 * Left out: descriptor rings, residues, terminating.
 */

import { mportDoorbell, type RapidioMport } from "../../../hardware/rapidio-mport.ts";
import { BUG } from "../../../include/asm-generic/bug.ts";
import { EIO } from "../../../include/linux/errno.ts";
import type { Scatterlist } from "../../../include/linux/scatterlist.ts";
import { irq_enter, irq_exit } from "../../../kernel/softirq.ts";

/** How far a transfer has come. */
export type DmaStatus = "DMA_IN_PROGRESS" | "DMA_COMPLETE" | "DMA_ERROR";

/** A transfer as a driver describes it. */
export interface DmaAsyncTxDescriptor {
  readonly sgl: readonly Scatterlist[];
  readonly rio_addr: number;
  readonly intoMemory: boolean;
  readonly callback: (callback_param: unknown, status: DmaStatus) => void;
  readonly callback_param: unknown;
}

/** A channel of the engine. */
export interface DmaChan {
  readonly mport: RapidioMport;
  readonly pending: Map<number, DmaAsyncTxDescriptor>;
  cookie: number;
}

/** tsi721_register_dma() - the channel of a port that was found */
export function tsi721_register_dma(mport: RapidioMport): DmaChan {
  const chan: DmaChan = { mport, pending: new Map(), cookie: 0 };
  mport.interrupt = () => tsi721_bdma_handler(chan);
  return chan;
}

/** dmaengine_submit() - start a transfer; returns its cookie, or a negative errno and then nobody is called back */
export function dmaengine_submit(chan: DmaChan, tx: DmaAsyncTxDescriptor): number {
  if (!chan.mport.present) return -EIO;

  chan.cookie++;
  chan.pending.set(chan.cookie, tx);
  mportDoorbell(chan.mport, {
    cookie: chan.cookie,
    intoMemory: tx.intoMemory,
    rio_addr: tx.rio_addr,
    ranges: tx.sgl.map(({ dma_address, length }) => ({ address: dma_address, length })),
  });
  return chan.cookie;
}

function tsi721_bdma_handler(chan: DmaChan): void {
  irq_enter();
  for (const { cookie, failed } of chan.mport.completions.splice(0)) {
    const tx = chan.pending.get(cookie) ?? BUG(`completion of transfer ${cookie}, which is not under way`);
    chan.pending.delete(cookie);
    tx.callback(tx.callback_param, failed ? "DMA_ERROR" : "DMA_COMPLETE");
  }
  irq_exit();
}
