/**
 * Stands for the interrupt controller and the timer: whatever happens later happens here.
 *
 * Modelled: events at simulated times; equal times keep their order of creation, so a run is deterministic.
 * Left out: preemption: an event runs only while a task sleeps or the scenario waits.
 */

interface ClockEvent {
  readonly at: number;
  readonly run: () => void;
}

interface Clock {
  now: number;
  readonly pending: ClockEvent[];
}

const clock: Clock = { now: 0, pending: [] };

/** resetClock() - time zero, nothing pending */
export function resetClock(): void {
  clock.now = 0;
  clock.pending.length = 0;
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
  const event = clock.pending.shift();
  if (event === undefined) return false;

  clock.now = event.at;
  event.run();
  return true;
}
