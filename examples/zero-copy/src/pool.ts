import { allocate, type ByteBuffer } from "./byte-buffer.ts";

/** Bytes that a buffer of the pool holds. */
export const PIECE = 8;

/** Buffers that the pool begins with; the device knows their addresses, so there will never be others. */
export const POOLED = 4;

const idle: ByteBuffer[] = [];
const lent = new Set<ByteBuffer>();
for (let i = 0; i < POOLED; i++) idle.push(allocate(PIECE));

/** A buffer that the device may write to: whoever has it owes a `giveBack()`. Undefined when all are out. */
export function lend(): ByteBuffer | undefined {
  const buffer = idle.pop();
  if (buffer !== undefined) lent.add(buffer);
  return buffer;
}

/** The next to read gets it. */
export function giveBack(buffer: ByteBuffer): void {
  lent.delete(buffer);
  idle.push(buffer);
}

/** Does the pool wait for this one? */
export function isLent(buffer: ByteBuffer): boolean {
  return lent.has(buffer);
}

/** How many could be lent now. */
export function idleBuffers(): number {
  return idle.length;
}
