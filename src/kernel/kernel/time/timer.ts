/**
 * Stands for kernel/time/timer.c.
 *
 * Modelled: a task that sleeps for a while.
 */

import { after } from "../../hardware/clock.ts";
import { current, io_schedule, set_current_state, wake_up_process } from "../sched/core.ts";

const MICROSECONDS = 1000;

/** msleep() - let the rest of the machine go on for @msecs milliseconds */
export function msleep(msecs: number): void {
  const sleeper = current();
  set_current_state("TASK_UNINTERRUPTIBLE");
  after(msecs * MICROSECONDS, () => wake_up_process(sleeper));
  io_schedule();
}
