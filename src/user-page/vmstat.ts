/**
 * The pin counters of /proc/vmstat: they only grow, and are equal when nothing is pinned.
 * They tell that something leaked, not where. Source: Linux commit 1970dc6f5226 (v5.7).
 */
export interface Vmstat {
  readonly nr_foll_pin_acquired: number;
  readonly nr_foll_pin_released: number;
}

const counters = { nr_foll_pin_acquired: 0, nr_foll_pin_released: 0 };

/** readVmstat() - a snapshot of the counters, for the whole process */
export function readVmstat(): Vmstat {
  return { ...counters };
}

/** countVmstat() - count one event; the accounting calls it, a caller never does */
export function countVmstat(item: keyof Vmstat): void {
  counters[item] += 1;
}
