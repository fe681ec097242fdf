/**
 * Stands for a video capture card; no kernel file.
 *
 * Modelled: a frame that is written into memory by DMA in two halves, the second one a while after the first. The card
 * knows physical addresses only, so no page table entry becomes dirty.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";

/** startCapture() - write a frame to physical addresses, one half at once, the other after @delay */
export function startCapture(addresses: readonly number[], frame: Uint8Array, delay: number): void {
  const half = frame.length / 2;
  writeByDma(addresses, frame.subarray(0, half), 0);
  after(delay, () => writeByDma(addresses, frame.subarray(half), half));
}

// Each address is that of a page; @offset counts from the first page's begin.
function writeByDma(addresses: readonly number[], bytes: Uint8Array, offset: number): void {
  for (const [index, byte] of bytes.entries()) {
    const place = offset + index;
    const address = addresses[place >> 12];
    if (address !== undefined) physicalBytes(address + (place & 0xfff), 1)[0] = byte;
  }
}
