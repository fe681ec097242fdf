/**
 * Stands for include/linux/netdevice.h, and for generic XDP of net/core/dev.c.
 *
 * Modelled: how the network sends through a device, and a program that takes the frames that the device receives.
 * Left out: the rest of the network: without a program, and when the program says no, a frame is dropped.
 */

import type { SkBuff } from "./skbuff.ts";

/** A network device. */
export interface NetDevice {
  readonly name: string;
  /** Takes the frame over; a negative errno when it could not be sent, and then it has been freed. */
  readonly ndo_start_xmit: (skb: SkBuff) => number;
  /** Called in interrupt context with the bytes of a frame; what it wants to keep it copies. */
  xdp_prog: ((frame: Uint8Array) => void) | null;
}

/** netif_receive_generic_xdp() - a frame came */
export function netif_receive_generic_xdp(dev: NetDevice, frame: Uint8Array): void {
  dev.xdp_prog?.(frame);
}
