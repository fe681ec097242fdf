import type { Handle } from "./handle.ts";

/** Work that waits for its turn, with the handle it works on. */
export interface Job {
  readonly handle: Handle;
  readonly done: (handle: Handle) => void;
}

const waiting: Job[] = [];

/** Appends a job. */
export function enqueue(job: Job): void {
  waiting.push(job);
}

/** Does what waits, the oldest first. */
export function drain(): void {
  for (const { handle, done } of waiting.splice(0)) done(handle);
}
