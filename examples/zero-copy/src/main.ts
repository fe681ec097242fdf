import { reportDatagrams } from "./datagrams.ts";
import { collectText } from "./lines.ts";
import { idleBuffers, PIECE, POOLED } from "./pool.ts";
import { readDatagrams, readStream } from "./reader.ts";

/** A stream, datagrams and a stream again; reports what arrived, what was lost, and what became of the pool. */
export function transfer(log: (line: string) => void): void {
  const first = readStream(
    piecesOf("a stream of text"),
    collectText((text) => log(`stream ${text}`)),
  );
  log(`lost ${first}, idle ${idleBuffers()} of ${POOLED}`);
  const datagrams = readDatagrams(["ping", "a packet", "pong"].map(bytesOf), reportDatagrams(log));
  log(`lost ${datagrams}, idle ${idleBuffers()} of ${POOLED}`);
  const second = readStream(
    piecesOf("and a second stream"),
    collectText((text) => log(`stream ${text}`)),
  );
  log(`lost ${second}, idle ${idleBuffers()} of ${POOLED}`);
}

function piecesOf(text: string): readonly Uint8Array[] {
  const bytes = bytesOf(text);
  const starts = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) => i * PIECE);
  return starts.map((start) => bytes.subarray(start, start + PIECE));
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
