/**
 * Stands for the copy engine of a graphics processor; no kernel file.
 *
 * Modelled: commands that copy from one list of DMA ranges to another after a while, one at a time and in order, an
 * interrupt after each; an engine that went away answers with an error and touches nothing.
 * Left out: contexts, address translation of its own, all that draws.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

const FASTEST = 15;
const SPREAD = 60;

/** A range of memory as the engine sees it. */
export interface BlitRange {
  readonly address: number;
  readonly length: number;
}

/** Copy all of the source to the target, which is as long. */
export interface BlitCommand {
  readonly seqno: number;
  readonly source: readonly BlitRange[];
  readonly target: readonly BlitRange[];
}

/** How a command ended. */
export interface BlitCompletion {
  readonly seqno: number;
  readonly failed: boolean;
}

/** The engine. */
export interface Blitter {
  readonly ring: BlitCommand[];
  readonly completions: BlitCompletion[];
  interrupt: () => void;
  /** False after the device was pulled out. */
  present: boolean;
}

/** createBlitter() - an idle engine */
export function createBlitter(): Blitter {
  return { ring: [], completions: [], interrupt: () => {}, present: true };
}

/** blitterDoorbell() - the engine takes on a command */
export function blitterDoorbell(engine: Blitter, command: BlitCommand): void {
  engine.ring.push(command);
  after(FASTEST + randomBelow(SPREAD), () => {
    const oldest = engine.ring.shift();
    if (oldest === undefined) return;

    if (engine.present) scatter(gather(oldest.source), oldest.target);
    engine.completions.push({ seqno: oldest.seqno, failed: !engine.present });
    engine.interrupt();
  });
}

function gather(ranges: readonly BlitRange[]): Uint8Array {
  return Uint8Array.from(ranges.flatMap(({ address, length }) => [...physicalBytes(address, length)]));
}

function scatter(bytes: Uint8Array, ranges: readonly BlitRange[]): void {
  let done = 0;
  for (const { address, length } of ranges) {
    physicalBytes(address, length).set(bytes.subarray(done, done + length));
    done += length;
  }
}
