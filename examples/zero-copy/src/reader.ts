import { allocate, type ByteBuffer, fill, view } from "./byte-buffer.ts";
import { giveBack, lend } from "./pool.ts";

/** Up to this size a datagram is copied: it would keep a whole buffer of the pool waiting for a few bytes. */
const COPY_BREAK = 4;

/** What happens to what arrives. */
export interface StreamHandlers {
  /** Gets the buffer itself, not a copy, and has to end it. */
  readonly onPiece: (buffer: ByteBuffer) => void;
  readonly onEnd: () => void;
}

/** Reads a stream straight into buffers of the pool; how many pieces found none and are lost. */
export function readStream(pieces: readonly Uint8Array[], { onPiece, onEnd }: StreamHandlers): number {
  let lost = 0;
  for (const piece of pieces) {
    const buffer = receive(piece);
    if (buffer === undefined) lost++;
    else onPiece(buffer);
  }
  onEnd();
  return lost;
}

/** Reads datagrams, the small ones into memory of their own; how many found no buffer and are lost. */
export function readDatagrams(datagrams: readonly Uint8Array[], onDatagram: (buffer: ByteBuffer) => void): number {
  let lost = 0;
  for (const datagram of datagrams) {
    const buffer = receive(datagram);
    if (buffer === undefined) lost++;
    else if (buffer.length > COPY_BREAK) onDatagram(buffer);
    else {
      const copy = allocate(COPY_BREAK);
      fill(copy, view(buffer));
      giveBack(buffer);
      onDatagram(copy);
    }
  }
  return lost;
}

// What the device does.
function receive(bytes: Uint8Array): ByteBuffer | undefined {
  const buffer = lend();
  if (buffer !== undefined) fill(buffer, bytes);
  return buffer;
}
