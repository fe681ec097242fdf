/**
 * Stands for kernel/sched/core.c and kernel/signal.c.
 *
 * Modelled: tasks, the current one, sleeping (which lets the hardware work) and waking, a pending SIGKILL,
 * one resource limit.
 * Left out: several tasks running at once: a sleeping task's stack stays, interrupts and work items run on top of it.
 */

import { runNextEvent } from "../../hardware/clock.ts";
import { BUG } from "../../include/asm-generic/bug.ts";
import type { MmStruct } from "../../include/linux/mm_types.ts";
import { might_sleep } from "../softirq.ts";

/** A process with one thread. */
export interface TaskStruct {
  readonly pid: number;
  readonly mm: MmStruct;
  state: "TASK_RUNNING" | "TASK_UNINTERRUPTIBLE";
  sigkillPending: boolean;
  /** RLIMIT_MEMLOCK in bytes. */
  rlimit_memlock: number;
}

/** No limit. */
export const RLIM_INFINITY = Number.POSITIVE_INFINITY;

const scheduler: { current: TaskStruct | null; lastPid: number } = { current: null, lastPid: 0 };

/** sched_init() - no task yet */
export function sched_init(): void {
  scheduler.current = null;
  scheduler.lastPid = 0;
}

/** copy_process() - a new task over an address space */
export function copy_process(mm: MmStruct): TaskStruct {
  scheduler.lastPid++;
  return { pid: scheduler.lastPid, mm, state: "TASK_RUNNING", sigkillPending: false, rlimit_memlock: RLIM_INFINITY };
}

/** current() - the task whose system call is running */
export function current(): TaskStruct {
  return scheduler.current ?? BUG("no current task");
}

/** context_switch() - run another task from now on */
export function context_switch(task: TaskStruct): void {
  scheduler.current = task;
}

/** set_current_state() - announce the sleep that io_schedule() begins */
export function set_current_state(state: TaskStruct["state"]): void {
  current().state = state;
}

/** io_schedule() - sleep until somebody wakes the current task */
export function io_schedule(): void {
  might_sleep();
  const sleeper = current();
  while (sleeper.state !== "TASK_RUNNING") {
    if (!runNextEvent()) BUG(`task ${sleeper.pid} sleeps and nothing will wake it`);
  }
}

/** wake_up_process() - end a task's sleep */
export function wake_up_process(task: TaskStruct): void {
  task.state = "TASK_RUNNING";
}

/** force_sig() - leave a SIGKILL for the task to notice */
export function force_sig(task: TaskStruct): void {
  task.sigkillPending = true;
}

/** fatal_signal_pending() - will the task die as soon as it returns to user space */
export function fatal_signal_pending(task: TaskStruct): boolean {
  return task.sigkillPending;
}
