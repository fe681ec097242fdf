/** A slot of a table of open things. Whoever opens one owes a `close()`. */
export interface Handle {
  readonly slot: number;
  readonly name: string;
}

const slots = new Map<number, string>();
let opened = 0;

/** A handle of the caller's own. */
export function open(name: string): Handle {
  const handle = { slot: opened++, name };
  slots.set(handle.slot, name);
  return handle;
}

/** Ends a handle for good. */
export function close(handle: Handle): void {
  slots.delete(handle.slot);
}

/** For people. */
export function describe(handle: Handle): string {
  return `${handle.name} in slot ${handle.slot}`;
}
