/**
 * Stands for net/xdp/xsk_queue.h.
 *
 * Modelled: a ring with one producer and one consumer, one of which is user space.
 * Left out: the shared memory it lies in, and with it barriers and cached indices.
 */

/** A ring. */
export interface XskQueue<T> {
  readonly entries: T[];
  readonly nentries: number;
  /** Entries that user space got wrong. */
  invalid_descs: number;
}

/** Where a frame lies within the registered memory. */
export interface XdpDesc {
  readonly addr: number;
  readonly len: number;
}

/** xskq_create() - an empty ring */
export function xskq_create<T>(nentries: number): XskQueue<T> {
  return { entries: [], nentries, invalid_descs: 0 };
}

/** xskq_produce() - append; false when the ring is full */
export function xskq_produce<T>(q: XskQueue<T>, entry: T): boolean {
  if (q.entries.length >= q.nentries) return false;

  q.entries.push(entry);
  return true;
}

/** xskq_peek_valid() - the oldest entry that is acceptable, without taking it; others are dropped and counted */
export function xskq_peek_valid<T>(q: XskQueue<T>, isValid: (entry: T) => boolean): T | undefined {
  for (;;) {
    const oldest = q.entries[0];
    if (oldest === undefined || isValid(oldest)) return oldest;

    q.entries.shift();
    q.invalid_descs++;
  }
}

/** xskq_discard() - take the oldest entry */
export function xskq_discard<T>(q: XskQueue<T>): void {
  q.entries.shift();
}
