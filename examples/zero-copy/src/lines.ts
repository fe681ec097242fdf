import { type ByteBuffer, free, view } from "./byte-buffer.ts";
import type { StreamHandlers } from "./reader.ts";

/** Keeps the pieces of a stream until it ends, and hands its text over. */
export function collectText(onText: (text: string) => void): StreamHandlers {
  const pieces: ByteBuffer[] = [];
  return {
    onPiece: (piece) => pieces.push(piece),
    onEnd: () => {
      onText(pieces.map((piece) => textOf(piece)).join(""));
      // A mistake: the pool never sees them again.
      for (const piece of pieces.splice(0)) free(piece);
    },
  };
}

/** Only reads. */
export function textOf(buffer: ByteBuffer): string {
  return new TextDecoder().decode(view(buffer));
}
