import { type Handle, open } from "./handle.ts";

const idle: Handle[] = [];

/** A handle that belongs to the pool: whoever takes one owes a `giveBack()`. */
export function acquire(name: string): Handle {
  return idle.pop() ?? open(name);
}

/** The next to acquire gets it. */
export function giveBack(handle: Handle): void {
  idle.push(handle);
}
