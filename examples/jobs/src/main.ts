import { close, NO_FILE, openForReading } from "./files.ts";
import { submit, withdraw } from "./queue.ts";
import { drain } from "./worker.ts";

/** Submits a job for each file, the last of them first in turn; thinks better of the first; waits for the others. */
export function processFiles(paths: readonly string[], log: (line: string) => void): void {
  const ids = paths.map((path, i) => submit(openForReading(path), paths.length - i));
  const [first] = ids;
  if (first !== undefined) cancel(first, log);
  drain(log);
}

/** Ends a job before its turn, and with it its open file. */
export function cancel(id: number, log: (line: string) => void): void {
  const fd = withdraw(id);
  if (fd === undefined) return;

  if (fd !== NO_FILE) close(fd);
  log(`job ${id}: cancelled`);
}
