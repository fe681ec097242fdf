import { close, describe, open } from "./handle.ts";
import { acquire } from "./pool.ts";
import { drain, enqueue } from "./queue.ts";
import { createId, keep, take } from "./sessions.ts";

/** A session on a handle of the pool. */
export function startSession(name: string): string {
  const id = createId();
  keep(id, acquire(name));
  return id;
}

/** Ends a session when its turn comes. A mistake: the pool never sees the handle again. */
export function endSession(id: string, log: (line: string) => void): void {
  const handle = take(id);
  if (handle === undefined) return;

  log(`${id} leaves ${describe(handle)}`);
  enqueue({ handle, done: (finished) => close(finished) });
}

/** A session from beginning to end, and a handle that has nothing to do with the pool. */
export function serveOnce(log: (line: string) => void): void {
  const own = open("log");
  log(describe(own));
  endSession(startSession("client"), log);
  drain();
  close(own);
}
