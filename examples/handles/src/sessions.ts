import type { Handle } from "./handle.ts";

const sessions = new Map<string, Handle>();
let created = 0;

/** A name that no other session has. */
export function createId(): string {
  created++;
  return `session-${created}`;
}

/** Keeps a handle until its session ends. */
export function keep(id: string, handle: Handle): void {
  sessions.set(id, handle);
}

/** Hands the handle of a session over; undefined when there is no such session. */
export function take(id: string): Handle | undefined {
  const handle = sessions.get(id);
  sessions.delete(id);
  return handle;
}
