/**
 * Stands for the interrupt controller and the timer: whatever happens later happens here.
 *
 * Modelled: events at simulated times; equal times keep their order of creation, or the order of the seed once
 * shuffleTies() was called, so a run is deterministic.
 * Left out: preemption: an event runs only while a task sleeps or the scenario waits.
 */

import { randomBelow } from "./random.ts";

interface ClockEvent {
  readonly at: number;
  readonly run: () => void;
}

interface Clock {
  now: number;
  shuffled: boolean;
  readonly pending: ClockEvent[];
}

const clock: Clock = { now: 0, shuffled: false, pending: [] };

/** resetClock() - time zero, nothing pending */
export function resetClock(): void {
  clock.now = 0;
  clock.shuffled = false;
  clock.pending.length = 0;
}

/** shuffleTies() - from now on, dice decide which of the events of one time comes first */
export function shuffleTies(): void {
  clock.shuffled = true;
}

/** now() - simulated microseconds since power-on */
export function now(): number {
  return clock.now;
}

/** after() - run a function @delay microseconds from now */
export function after(delay: number, run: () => void): void {
  const at = clock.now + delay;
  const later = clock.pending.findIndex((event) => event.at > at);
  clock.pending.splice(later === -1 ? clock.pending.length : later, 0, { at, run });
}

/** runNextEvent() - let time pass until the next event has run; false when there is none */
export function runNextEvent(): boolean {
  const event = clock.pending.splice(clock.shuffled ? randomBelow(countOfFirst()) : 0, 1)[0];
  if (event === undefined) return false;

  clock.now = event.at;
  event.run();
  return true;
}

// How many events are due at the earliest time; one when there is none.
function countOfFirst(): number {
  const later = clock.pending.findIndex(({ at }) => at !== clock.pending[0]?.at);
  return later === -1 ? Math.max(clock.pending.length, 1) : later;
}
