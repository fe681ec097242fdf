/**
 * Stands for drivers/net/ethernet/intel/e1000/e1000_main.c.
 *
 * Modelled: a ring of the driver's own pages for frames that come, frames that go, removal of the device.
 * Left out: registers, checksums, NAPI: frames are handled in the interrupt.
 */

import { type NetworkCard, transmit } from "../../../../../hardware/network-card.ts";
import { BUG } from "../../../../../include/asm-generic/bug.ts";
import { page_address, page_to_phys } from "../../../../../include/asm-generic/memory_model.ts";
import { ENODEV } from "../../../../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../../../../include/linux/mm.ts";
import type { Page } from "../../../../../include/linux/mm_types.ts";
import { type NetDevice, netif_receive_generic_xdp } from "../../../../../include/linux/netdevice.ts";
import { kfree_skb, type SkBuff } from "../../../../../include/linux/skbuff.ts";
import { irq_enter, irq_exit } from "../../../../../kernel/softirq.ts";
import { alloc_page } from "../../../../../mm/page_alloc.ts";
import { put_page } from "../../../../../mm/swap.ts";

const RX_RING = 4;

/** What the driver knows of its device. */
export interface E1000Adapter {
  readonly netdev: NetDevice;
  readonly hw: NetworkCard;
  /** In the order in which the card fills them. */
  readonly rx_ring: Page[];
  /** Frames that the card was told to send. */
  readonly tx_ring: SkBuff[];
}

/** e1000_probe() - a device for a card that was found, with as many buffers as there is memory for */
export function e1000_probe(hw: NetworkCard): E1000Adapter {
  const tx_ring: SkBuff[] = [];
  const ndo_start_xmit = (skb: SkBuff) => e1000_xmit_frame(hw, tx_ring, skb);
  const adapter: E1000Adapter = { netdev: { name: "eth0", ndo_start_xmit, xdp_prog: null }, hw, rx_ring: [], tx_ring };
  for (let k = 0; k < RX_RING; k++) {
    const page = alloc_page();
    if (page !== null) e1000_post(adapter, page);
  }
  hw.interrupt = () => e1000_intr(adapter);
  return adapter;
}

/** e1000_remove() - the driver lets go of the device, which was pulled out or is to be; what is under way is waited for */
export function e1000_remove(adapter: E1000Adapter): void {
  adapter.hw.present = false;
  adapter.hw.posted.length = 0;
  for (const page of adapter.rx_ring.splice(0)) put_page(page);
}

function e1000_post(adapter: E1000Adapter, page: Page): void {
  adapter.rx_ring.push(page);
  adapter.hw.posted.push({ address: page_to_phys(page), length: PAGE_SIZE });
}

function e1000_xmit_frame(hw: NetworkCard, tx_ring: SkBuff[], skb: SkBuff): number {
  if (!hw.present) {
    kfree_skb(skb);
    return -ENODEV;
  }
  tx_ring.push(skb);
  transmit(hw, { address: page_to_phys(skb.head), length: skb.len });
  return 0;
}

function e1000_intr(adapter: E1000Adapter): void {
  irq_enter();
  e1000_clean_rx_irq(adapter);
  e1000_clean_tx_irq(adapter);
  irq_exit();
}

function e1000_clean_rx_irq(adapter: E1000Adapter): void {
  for (const length of adapter.hw.received.splice(0)) {
    const page = adapter.rx_ring.shift() ?? BUG("a frame came for which no buffer was posted");
    netif_receive_generic_xdp(adapter.netdev, page_address(page).subarray(0, length));
    e1000_post(adapter, page);
  }
}

function e1000_clean_tx_irq({ hw, tx_ring }: E1000Adapter): void {
  for (const skb of tx_ring.splice(0, hw.transmitted)) kfree_skb(skb);
  hw.transmitted = 0;
}
