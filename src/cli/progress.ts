import type { Watch } from "../engine/clock.ts";
import { fitMiddle } from "../report/fit.ts";
import { printable } from "../report/printable.ts";
import type { Io } from "./io.ts";

/** One line on a terminal, written over at every phase and taken away at the end. */
export interface Progress {
  readonly watch: Watch;
  erase(): void;
}

/** Silent unless stdout and stderr are both terminals: a reader of either in a pipe wants nothing in between. */
export function progressOn(io: Io, quiet: boolean, project: string): Progress {
  if (quiet || !io.isTTY || !io.isErrorTTY || io.env.TERM === "dumb") return { watch: () => {}, erase: () => {} };
  const start = performance.now();
  // Some terminals say that they have none.
  const columns = io.columns || 80;
  const erase = () => io.stderr.write(eraseLine);
  return {
    erase,
    watch: (phase, files) => {
      const seconds = Math.round((performance.now() - start) / 1000);
      const counts = [...(files === undefined ? [] : [`${files} files`]), ...(seconds === 0 ? [] : [`${seconds} s`])];
      const line = `userpage: ${[`${words[phase]} ${project}`, ...counts].join(", ")}`;
      erase();
      io.stderr.write(fitMiddle(printable(line), columns - 1));
    },
  };
}

const eraseLine = "\r\u001b[2K";

const words = {
  load: "reading",
  collect: "following the flows of",
  solve: "solving",
  plan: "planning the edits of",
  verify: "asking the compiler about",
} as const satisfies Record<Parameters<Watch>[0], string>;
