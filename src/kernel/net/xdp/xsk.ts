/**
 * Stands for net/xdp/xsk.c: AF_XDP sockets in copy mode.
 *
 * Modelled: registering memory, sharing it, binding to a device, frames in both directions, frames that are still on
 * their way when the socket is closed.
 * Left out: zero copy, polling, several queues of a device: the program of a device redirects all frames to one socket.
 */

import { page_address } from "../../include/asm-generic/memory_model.ts";
import { IS_ERR, PTR_ERR } from "../../include/linux/err.ts";
import { EAGAIN, EBUSY, EINVAL, ENOSPC } from "../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { NetDevice } from "../../include/linux/netdevice.ts";
import { alloc_skb, type SkBuff } from "../../include/linux/skbuff.ts";
import {
  type XdpUmem,
  type XdpUmemReg,
  xdp_get_umem,
  xdp_put_umem,
  xdp_umem_create,
  xdp_umem_get_data,
} from "./xdp_umem.ts";
import { type XdpDesc, type XskQueue, xskq_create, xskq_discard, xskq_peek_valid, xskq_produce } from "./xsk_queue.ts";

const RING_SIZE = 16;

/** A socket. */
export interface XdpSock {
  umem: XdpUmem | null;
  dev: NetDevice | null;
  readonly rx: XskQueue<XdpDesc>;
  readonly tx: XskQueue<XdpDesc>;
  /** Frames for which there was no chunk, or no room in the ring. */
  rx_dropped: number;
  /** The file's reference, and one for each frame on its way. */
  sk_refcnt: number;
}

interface FrameOnItsWay {
  readonly xs: XdpSock;
  readonly umem: XdpUmem;
  readonly addr: number;
}

/** xsk_create() - a socket without memory */
export function xsk_create(): XdpSock {
  return { umem: null, dev: null, rx: xskq_create(RING_SIZE), tx: xskq_create(RING_SIZE), rx_dropped: 0, sk_refcnt: 1 };
}

/** xsk_umem_reg() - setsockopt(XDP_UMEM_REG) and the two rings that belong to the memory */
export function xsk_umem_reg(xs: XdpSock, mr: XdpUmemReg): number {
  if (xs.umem !== null) return -EBUSY;

  const umem = xdp_umem_create(mr);
  if (IS_ERR(umem)) return PTR_ERR(umem);

  umem.fq = xskq_create(RING_SIZE);
  umem.cq = xskq_create(RING_SIZE);
  xs.umem = umem;
  return 0;
}

/** xsk_bind() - frames that the device receives go to this socket from now on */
export function xsk_bind(xs: XdpSock, dev: NetDevice): number {
  if (xs.umem === null) return -EINVAL;

  xs.dev = dev;
  dev.xdp_prog = (frame) => xsk_generic_rcv(xs, frame);
  return 0;
}

/** xsk_bind_shared() - the same with the memory of another socket: XDP_SHARED_UMEM */
export function xsk_bind_shared(xs: XdpSock, dev: NetDevice, umem_xs: XdpSock): number {
  if (xs.umem !== null || umem_xs.umem === null) return -EINVAL;

  xdp_get_umem(umem_xs.umem);
  xs.umem = umem_xs.umem;
  return xsk_bind(xs, dev);
}

/** xsk_sendmsg() - send what is in the transmit ring; 0 or a negative errno */
export function xsk_sendmsg(xs: XdpSock): number {
  const { umem, dev } = xs;
  if (umem === null || dev === null) return -EINVAL;

  for (;;) {
    const desc = xskq_peek_valid(xs.tx, (entry) => fits(umem, entry));
    if (desc === undefined) return 0;

    const err = xsk_generic_xmit(xs, umem, dev, desc);
    if (err !== 0) return err;
  }
}

/** xsk_release() - the socket's file is closed */
export function xsk_release(xs: XdpSock): void {
  if (xs.dev !== null) xs.dev.xdp_prog = null;
  xs.dev = null;
  sock_put(xs);
}

function xsk_generic_rcv(xs: XdpSock, frame: Uint8Array): number {
  const { umem } = xs;
  const addr = umem?.fq == null ? undefined : xskq_peek_valid(umem.fq, (chunk) => chunk >= 0 && chunk < umem.size);
  if (umem?.fq == null || addr === undefined || frame.length > umem.chunk_size_nohr) {
    xs.rx_dropped++;
    return -ENOSPC;
  }
  const place = addr - (addr % (umem.chunk_size_nohr + umem.headroom)) + umem.headroom;
  xdp_umem_get_data(umem, place)?.set(frame);
  if (!xskq_produce(xs.rx, { addr: place, len: frame.length })) {
    xs.rx_dropped++;
    return -ENOSPC;
  }
  xskq_discard(umem.fq);
  return 0;
}

function xsk_generic_xmit(xs: XdpSock, umem: XdpUmem, dev: NetDevice, { addr, len }: XdpDesc): number {
  const buffer = xdp_umem_get_data(umem, addr);
  if (buffer === null) return -EINVAL;

  const skb = alloc_skb(len);
  if (skb === null) return -EAGAIN;

  page_address(skb.head).set(buffer.subarray(0, len));
  const frame: FrameOnItsWay = { xs, umem, addr };
  skb.destructor = xsk_destruct_skb;
  skb.destructor_arg = frame;
  xs.sk_refcnt++;
  xskq_discard(xs.tx);
  return dev.ndo_start_xmit(skb);
}

// Called in the interrupt that says the frame has gone, or at once when it cannot go.
function xsk_destruct_skb(skb: SkBuff): void {
  const { xs, umem, addr } = skb.destructor_arg as FrameOnItsWay;
  if (umem.cq !== null) xskq_produce(umem.cq, addr);
  sock_put(xs);
}

function sock_put(xs: XdpSock): void {
  xs.sk_refcnt--;
  if (xs.sk_refcnt === 0 && xs.umem !== null) xdp_put_umem(xs.umem);
}

function fits({ size }: XdpUmem, { addr, len }: XdpDesc): boolean {
  return len > 0 && addr >= 0 && addr + len <= size && (addr % PAGE_SIZE) + len <= PAGE_SIZE;
}
