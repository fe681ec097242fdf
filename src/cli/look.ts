import { styleText } from "node:util";
import type { TextLook } from "../report/text.ts";
import type { Io } from "./io.ts";

/** How text looks on this output; what goes into a file has no colour. */
export function lookOf(io: Io, out: string | undefined): TextLook {
  const plain = out !== undefined || !hasColour(io);
  return {
    columns: out === undefined ? (io.columns ?? 80) : 80,
    emphasize: plain ? (text) => text : bold,
  };
}

/** Colour is for terminals, unless NO_COLOR (https://no-color.org) says otherwise. */
function hasColour(io: Io): boolean {
  return io.isTTY && (io.env.NO_COLOR ?? "") === "" && io.env.TERM !== "dumb";
}

// Whether the stream takes colour is decided above; styleText() would look at this process's own stdout.
function bold(text: string): string {
  return styleText("bold", text, { validateStream: false });
}
