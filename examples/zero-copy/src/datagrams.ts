import { type ByteBuffer, free } from "./byte-buffer.ts";
import { textOf } from "./lines.ts";

/** Reports each datagram. A mistake again, but not always: a small one is this program's own. */
export function reportDatagrams(log: (line: string) => void): (buffer: ByteBuffer) => void {
  return (buffer) => {
    log(`datagram ${textOf(buffer)}`);
    free(buffer);
  };
}
