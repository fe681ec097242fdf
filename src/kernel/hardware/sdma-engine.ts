/**
 * Stands for the send engine of an InfiniBand adapter that leaves the protocol to user space; no kernel file.
 *
 * Modelled: a ring of descriptors, each a piece of memory by its DMA address; a marked descriptor ends a packet, which
 * goes out on the wire after a random time; an interrupt that covers all packets of a short while; a link that goes down.
 * Left out: receiving.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

const INTERRUPT_COALESCING = 3;
const FASTEST = 4;
const SPREAD = 30;

/** A piece of a packet. */
export interface SdmaDescriptor {
  readonly address: number;
  readonly length: number;
  /** The packet ends here. */
  readonly last: boolean;
}

/** The engine. */
export interface SdmaEngine {
  /** Descriptors that the ring has room for. */
  readonly descq_cnt: number;
  readonly descq: SdmaDescriptor[];
  /** Every packet that was sent. */
  readonly wire: Uint8Array[];
  /** The pieces of a packet whose end is not in the ring yet. */
  readonly begun: Uint8Array[];
  /** Descriptors that the engine has finished since it was switched on. */
  head: number;
  /** False while the link is down: nothing is sent, the ring stays as it is. */
  running: boolean;
  sending: boolean;
  interrupt: () => void;
  interruptPending: boolean;
}

/** createSdmaEngine() - an engine whose link is up */
export function createSdmaEngine(descq_cnt: number): SdmaEngine {
  return {
    descq_cnt,
    descq: [],
    wire: [],
    begun: [],
    head: 0,
    running: true,
    sending: false,
    interrupt: () => {},
    interruptPending: false,
  };
}

/** updateTail() - the driver has written descriptors behind those in the ring */
export function updateTail(engine: SdmaEngine, descriptors: readonly SdmaDescriptor[]): void {
  engine.descq.push(...descriptors);
  sendLater(engine);
}

/** linkDown() - the cable is pulled out */
export function linkDown(engine: SdmaEngine): void {
  engine.running = false;
}

/** linkUp() - the cable is back; what is in the ring goes out */
export function linkUp(engine: SdmaEngine): void {
  engine.running = true;
  sendLater(engine);
}

/** abortRing() - the driver gives up what is in the ring */
export function abortRing(engine: SdmaEngine): void {
  engine.head += engine.descq.length;
  engine.descq.length = 0;
  engine.begun.length = 0;
}

function sendLater(engine: SdmaEngine): void {
  if (engine.sending || engine.descq.length === 0) return;

  engine.sending = true;
  after(FASTEST + randomBelow(SPREAD), () => {
    engine.sending = false;
    if (engine.running) fetchPieces(engine);
  });
}

function fetchPieces(engine: SdmaEngine): void {
  const end = engine.descq.findIndex((descriptor) => descriptor.last);
  const fetched = engine.descq.splice(0, end === -1 ? engine.descq.length : end + 1);
  for (const { address, length } of fetched) engine.begun.push(physicalBytes(address, length).slice());
  if (end !== -1) engine.wire.push(Uint8Array.from(engine.begun.splice(0).flatMap((piece) => [...piece])));
  engine.head += fetched.length;
  raiseInterrupt(engine);
  sendLater(engine);
}

function raiseInterrupt(engine: SdmaEngine): void {
  if (engine.interruptPending) return;

  engine.interruptPending = true;
  after(INTERRUPT_COALESCING, () => {
    engine.interruptPending = false;
    engine.interrupt();
  });
}
