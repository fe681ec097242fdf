/**
 * Stands for drivers/infiniband/hw/qib/qib_sdma.c, and for the descriptors of qib_user_sdma.c.
 *
 * Modelled: fragments become descriptors as far as the ring has room; the interrupt, which makes room for those that wait.
 * Left out: the states of the engine, packets of the kernel's own.
 */

import { type SdmaDescriptor, type SdmaEngine, updateTail } from "../../../../hardware/sdma-engine.ts";
import type { Device } from "../../../../include/linux/device.ts";
import { PAGE_SIZE } from "../../../../include/linux/mm.ts";
import { irq_enter, irq_exit } from "../../../../kernel/softirq.ts";
import type { QibPportdata, QibUserSdmaFrag, QibUserSdmaPkt } from "./qib_user_sdma_types.ts";

/** qib_init_pportdata() - a port for an engine that was found */
export function qib_init_pportdata(engine: SdmaEngine, dev: Device): QibPportdata {
  const ppd = { dev, engine, ibmaxlen: PAGE_SIZE, sdma_userpending: [], sdma_descq_added: 0, sdma_descq_removed: 0 };
  engine.interrupt = () => qib_sdma_intr(ppd);
  return ppd;
}

/** qib_sdma_make_progress() - see what the engine has finished, and use the room */
export function qib_sdma_make_progress(ppd: QibPportdata): void {
  ppd.sdma_descq_removed = ppd.engine.head;
  qib_user_sdma_send_desc(ppd);
}

/** qib_user_sdma_send_desc() - put as many fragments that wait into the ring as it has room for */
export function qib_user_sdma_send_desc(ppd: QibPportdata): void {
  for (let pkt = ppd.sdma_userpending[0]; pkt !== undefined; pkt = ppd.sdma_userpending[0]) {
    const nfree = ppd.engine.descq_cnt - (ppd.sdma_descq_added - ppd.sdma_descq_removed);
    const frags = pkt.addr.slice(pkt.index, pkt.index + nfree);
    if (frags.length === 0) return;

    ppd.sdma_descq_added += frags.length;
    pkt.index += frags.length;
    pkt.added = ppd.sdma_descq_added;
    if (pkt.index === pkt.addr.length) qib_user_sdma_all_sent(ppd, pkt);
    updateTail(ppd.engine, frags.map(qib_sdma_make_desc));
  }
}

function qib_sdma_make_desc({ addr, offset, length, last_desc }: QibUserSdmaFrag): SdmaDescriptor {
  return { address: addr + offset, length, last: last_desc };
}

function qib_user_sdma_all_sent({ sdma_userpending }: QibPportdata, pkt: QibUserSdmaPkt): void {
  sdma_userpending.shift();
  pkt.pq.num_pending--;
  pkt.pq.num_sending++;
  pkt.pq.sent.push(pkt);
}

function qib_sdma_intr(ppd: QibPportdata): void {
  irq_enter();
  qib_sdma_make_progress(ppd);
  irq_exit();
}
