import { closeSync, existsSync, openSync, readFileSync } from "node:fs";

/** What stands for a descriptor where there is none. */
export const NO_FILE = -1;

/** Opens a file, if there is one; whoever has its descriptor owes a `close()`. */
export function openForReading(path: string): number {
  return existsSync(path) ? openSync(path, "r") : NO_FILE;
}

/** What is left to read. */
export function readRest(fd: number): string {
  return readFileSync(fd, "utf8");
}

/** Ends a descriptor. Its number may be another file's the next moment. */
export function close(fd: number): void {
  closeSync(fd);
}
