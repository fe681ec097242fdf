/**
 * Stands for nr_foll_pin_acquired and nr_foll_pin_released of /proc/vmstat (v5.7).
 *
 * Modelled: two counters that only grow, for the whole machine.
 * Shortcomings: they tell that something leaked, not what or where; and a leak and a release too many make a balance.
 */

import { indifferent, type PinDetector } from "./page_pinning.ts";

/** vmstatCounters() - pins taken and released, each as one number */
export function vmstatCounters(): PinDetector {
  const counters = { nr_foll_pin_acquired: 0, nr_foll_pin_released: 0 };
  return {
    ...indifferent,
    name: "counters",
    reset: () => Object.assign(counters, { nr_foll_pin_acquired: 0, nr_foll_pin_released: 0 }),
    pinned: () => counters.nr_foll_pin_acquired++,
    unpinning: () => counters.nr_foll_pin_released++,
    atRest: () => differenceOf(counters.nr_foll_pin_acquired, counters.nr_foll_pin_released),
  };
}

function differenceOf(acquired: number, released: number): readonly string[] {
  if (acquired === released) return [];
  return [`nr_foll_pin_acquired ${acquired}, nr_foll_pin_released ${released}`];
}
