import { InputError } from "../engine/input-error.ts";
import { command, oneLine } from "./command.ts";
import type { Io } from "./io.ts";
import type { Ask } from "./task.ts";

/**
 * Runs one command line with the given engine.
 * Exit code: 0 done, 1 negative answer, 2 wrong usage or unreadable input, 70 a bug of ours.
 */
export function runWith(ask: Ask, argv: readonly string[], io: Io): number {
  try {
    return command(argv, io, ask);
  } catch (error) {
    if (error instanceof InputError) {
      io.stderr.write(`userpage: ${oneLine(error.message)}\n`);
      return 2;
    }
    io.stderr.write(`userpage: internal error: ${oneLine(error instanceof Error ? error.message : `${error}`)}\n`);
    if ((io.env.USERPAGE_DEBUG ?? "") !== "" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return 70;
  }
}
