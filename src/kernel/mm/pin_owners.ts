/**
 * Stands for mm/page_owner.c, applied to pins.
 *
 * Modelled: a record per pin with the stack it was taken from. With @oneIn above 1 only the pins of every so many frames
 * are recorded: all of a frame's pins or none, so that what is recorded can be matched with its release.
 * Shortcomings: a release does not say which of a page's pins it ends; the oldest record goes.
 */

import { indifferent, type PinDetector, warn_pinning } from "./page_pinning.ts";
import { callersOf, type Stack, save_stack, stack_init } from "./pin_stack.ts";

/** The stacks of the pins that a frame has now, oldest first. */
type Records = Map<number, Stack[]>;

/** ownerRecords() - who pinned what, for the frames whose number divided by @oneIn leaves @phase */
export function ownerRecords(oneIn: number, phase = 0): PinDetector {
  const records: Records = new Map();
  const isSampled = (pfn: number) => pfn % oneIn === phase;
  return {
    ...indifferent,
    name: oneIn === 1 ? "owners" : "sampled owners",
    reset: () => {
      records.clear();
      stack_init();
    },
    pinned: (pfn) => {
      if (isSampled(pfn)) record(records, pfn);
    },
    unpinning: (pfn) => {
      if (isSampled(pfn)) strike(records, pfn);
    },
    atRest: () => [...records].flatMap(([pfn, stacks]) => stacks.map((stack) => leakOf(pfn, stack))),
  };
}

function record(records: Records, pfn: number): void {
  const stacks = records.get(pfn);
  if (stacks === undefined) records.set(pfn, [save_stack()]);
  else stacks.push(save_stack());
}

function strike(records: Records, pfn: number): void {
  const stacks = records.get(pfn);
  if (stacks === undefined) {
    warn_pinning(`page ${pfn}, which nobody has pinned, is released by ${callersOf(save_stack())}`);
    return;
  }
  stacks.shift();
  if (stacks.length === 0) records.delete(pfn);
}

function leakOf(pfn: number, stack: Stack): string {
  return `page ${pfn}: pinned by ${callersOf(stack)}`;
}
