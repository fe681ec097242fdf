/**
 * Stands for a network card and the cable that is plugged into it; no kernel file.
 *
 * Modelled: buffers that the driver posts for frames to come, DMA into and out of them, frames that are lost because no
 * buffer is left, an interrupt for each frame that came or went.
 * Left out: checksums, several queues, link speed: a frame is on the wire as soon as the card has read it.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

const FASTEST = 4;
const SPREAD = 30;

/** A piece of memory as the card sees it. */
export interface CardBuffer {
  readonly address: number;
  readonly length: number;
}

/** The card. */
export interface NetworkCard {
  /** Where frames may be put, in the order of their use. */
  readonly posted: CardBuffer[];
  /** Frames that came: how long each is, in the order of the buffers. */
  readonly received: number[];
  /** Frames to send, oldest first. */
  readonly queue: CardBuffer[];
  /** How many of them went out, or were given up, since the driver looked. */
  transmitted: number;
  /** What went out over the cable. */
  readonly wire: Uint8Array[];
  /** Frames for which there was no buffer. */
  missed: number;
  interrupt: () => void;
  /** False after the card was pulled out. */
  present: boolean;
}

/** createCard() - a card without buffers */
export function createCard(): NetworkCard {
  return {
    posted: [],
    received: [],
    queue: [],
    transmitted: 0,
    wire: [],
    missed: 0,
    interrupt: () => {},
    present: true,
  };
}

/** frameArrives() - somebody at the other end of the cable sends a frame */
export function frameArrives(card: NetworkCard, frame: Uint8Array): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    const buffer = card.present ? card.posted.shift() : undefined;
    if (buffer === undefined || frame.length > buffer.length) {
      card.missed++;
      return;
    }
    physicalBytes(buffer.address, frame.length).set(frame);
    card.received.push(frame.length);
    card.interrupt();
  });
}

/** transmit() - the card reads a frame and sends it; frames do not overtake each other */
export function transmit(card: NetworkCard, buffer: CardBuffer): void {
  card.queue.push(buffer);
  after(FASTEST + randomBelow(SPREAD), () => {
    const oldest = card.queue.shift();
    if (oldest !== undefined && card.present) card.wire.push(physicalBytes(oldest.address, oldest.length).slice());
    card.transmitted++;
    card.interrupt();
  });
}
