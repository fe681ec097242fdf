/**
 * Stands for a camera and a display; no kernel file.
 *
 * Modelled: a camera that fills memory with a picture, each time another one; a display that shows what is at a physical
 * address; an interrupt for each.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

const FASTEST = 10;
const SPREAD = 60;

/** A stretch of memory as the device sees it. */
export interface VideoRange {
  readonly address: number;
  readonly length: number;
}

/** A camera, or a display. */
export interface VideoDevice {
  /** Pictures taken. */
  pictures: number;
  /** Pictures shown. */
  readonly shown: Uint8Array[];
  /** What the display is about to read. */
  scanning: VideoRange | null;
  interrupt: () => void;
}

/** createVideoDevice() - switched on */
export function createVideoDevice(): VideoDevice {
  return { pictures: 0, shown: [], scanning: null, interrupt: () => {} };
}

/** picture() - the camera's @index-th picture */
export function picture(index: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, k) => index * 41 + k * 3 + (k >> 9) * 5);
}

/** startCapture() - the camera fills memory with its next picture */
export function startCapture(camera: VideoDevice, ranges: readonly VideoRange[]): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    camera.pictures++;
    const pixels = picture(
      camera.pictures,
      ranges.reduce((sum, { length }) => sum + length, 0),
    );
    let done = 0;
    for (const { address, length } of ranges) {
      physicalBytes(address, length).set(pixels.subarray(done, done + length));
      done += length;
    }
    camera.interrupt();
  });
}

/** showPicture() - the display reads memory and shows it */
export function showPicture(display: VideoDevice, range: VideoRange): void {
  display.scanning = range;
  after(FASTEST + randomBelow(SPREAD), () => {
    if (display.scanning !== range) return;

    display.shown.push(physicalBytes(range.address, range.length).slice());
    display.interrupt();
  });
}

/** blank() - the display reads no memory any more */
export function blank(display: VideoDevice): void {
  display.scanning = null;
}
