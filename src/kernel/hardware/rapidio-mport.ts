/**
 * Stands for a RapidIO port with a DMA engine, and for the memory of the device at the other end; no kernel file.
 *
 * Modelled: transfers between ranges of memory here and one range there, which take random time and finish out of order;
 * addresses that the other end does not have; an interrupt for each transfer that ended.
 * Left out: doorbells, messages, packets.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

const FASTEST = 10;
const SPREAD = 90;

/** A range of memory here, as the port sees it. */
export interface MportRange {
  readonly address: number;
  readonly length: number;
}

/** Something to transfer: into the memory here, or out of it. */
export interface MportTransfer {
  readonly cookie: number;
  readonly intoMemory: boolean;
  readonly rio_addr: number;
  readonly ranges: readonly MportRange[];
}

/** How a transfer ended. */
export interface MportCompletion {
  readonly cookie: number;
  readonly failed: boolean;
}

/** The port. */
export interface RapidioMport {
  /** The memory of the other end. */
  readonly remote: Uint8Array;
  readonly completions: MportCompletion[];
  interrupt: () => void;
  /** False after the port was pulled out. */
  present: boolean;
}

/** createMport() - a port, and @bytes bytes of memory behind it */
export function createMport(bytes: number): RapidioMport {
  return { remote: new Uint8Array(bytes), completions: [], interrupt: () => {}, present: true };
}

/** mportDoorbell() - the port takes on a transfer */
export function mportDoorbell(mport: RapidioMport, transfer: MportTransfer): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    const failed = !mport.present || reachesTooFar(mport, transfer);
    if (!failed) move(mport, transfer);
    mport.completions.push({ cookie: transfer.cookie, failed });
    mport.interrupt();
  });
}

function reachesTooFar({ remote }: RapidioMport, { rio_addr, ranges }: MportTransfer): boolean {
  return rio_addr + ranges.reduce((sum, { length }) => sum + length, 0) > remote.length;
}

function move({ remote }: RapidioMport, { intoMemory, rio_addr, ranges }: MportTransfer): void {
  let place = rio_addr;
  for (const { address, length } of ranges) {
    const there = remote.subarray(place, place + length);
    if (intoMemory) physicalBytes(address, length).set(there);
    else there.set(physicalBytes(address, length));
    place += length;
  }
}
