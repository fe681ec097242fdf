/**
 * Stands for mm/page_owner.c, applied to pins.
 *
 * Modelled: a record per pin with the stack it was taken from; the stack is taken at once and put into words when asked
 * for, as stack traces are in the kernel. With `oneIn` above 1 only the pins of every so many frames are recorded: all of
 * a frame's pins or none, so that what is recorded can be matched with its release.
 * Shortcomings: a release does not say which of a page's pins it ends; the oldest record goes.
 */

import { indifferent, type PinDetector, warn_pinning } from "./page_pinning.ts";

const FRAMES_NAMED = 3;
// The slow walk alone is ten calls deep, and ten is what V8 keeps unless it is told otherwise.
const FRAMES_KEPT = 20;
// What every pin and every release passes through says nothing about who asked for it.
const machinery = /\/mm\/(gup|swap|page_pinning|pin_\w+)\.ts/;

/** ownerRecords() - who pinned what, for the frames whose number is a multiple of @oneIn plus @phase */
export function ownerRecords(oneIn: number, phase = 0): PinDetector {
  const records = new Map<number, Error[]>();
  const isSampled = (pfn: number) => pfn % oneIn === phase;
  return {
    ...indifferent,
    name: oneIn === 1 ? "owners" : "sampled owners",
    reset: () => {
      records.clear();
      Object.assign(Error, { stackTraceLimit: FRAMES_KEPT });
    },
    pinned: (pfn) => {
      if (isSampled(pfn)) record(records, pfn);
    },
    unpinning: (pfn) => {
      if (isSampled(pfn)) strike(records, pfn);
    },
    atRest: () =>
      [...records].flatMap(([pfn, stacks]) => stacks.map((stack) => `page ${pfn}: pinned by ${namesOf(stack)}`)),
  };
}

function record(records: Map<number, Error[]>, pfn: number): void {
  const stacks = records.get(pfn);
  if (stacks === undefined) records.set(pfn, [new Error()]);
  else stacks.push(new Error());
}

function strike(records: Map<number, Error[]>, pfn: number): void {
  const stacks = records.get(pfn);
  if (stacks === undefined) {
    warn_pinning(`put_user_page(): page ${pfn}, which nobody has pinned, is released by ${namesOf(new Error())}`);
    return;
  }
  stacks.shift();
  if (stacks.length === 0) records.delete(pfn);
}

// The innermost functions outside the machinery, as `inner() < outer()`.
function namesOf({ stack = "" }: Error): string {
  const frames = stack.split("\n").filter((line) => !machinery.test(line));
  const names = frames.flatMap((line) => / at (?:async )?([\w$]+) \(/.exec(line)?.[1] ?? []);
  return names
    .slice(0, FRAMES_NAMED)
    .map((name) => `${name}()`)
    .join(" < ");
}
