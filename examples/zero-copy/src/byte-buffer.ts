/** Memory, and how many of its bytes count. Whoever allocates one owes a `free()`. */
export interface ByteBuffer {
  readonly bytes: Uint8Array;
  length: number;
}

/** A buffer of the caller's own. */
export function allocate(size: number): ByteBuffer {
  return { bytes: new Uint8Array(size), length: 0 };
}

/** Ends a buffer for good: nobody may look at its bytes again. */
export function free(buffer: ByteBuffer): void {
  buffer.bytes.fill(0xdd);
  buffer.length = 0;
}

/** Puts bytes in; what does not fit is left out. */
export function fill(buffer: ByteBuffer, from: Uint8Array): void {
  buffer.length = Math.min(from.length, buffer.bytes.length);
  buffer.bytes.set(from.subarray(0, buffer.length));
}

/** Only looks at the bytes that count. */
export function view(buffer: ByteBuffer): Uint8Array {
  return buffer.bytes.subarray(0, buffer.length);
}
