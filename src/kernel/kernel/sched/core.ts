/**
 * Stands for kernel/sched/core.c and kernel/signal.c.
 *
 * Modelled: tasks, the current one, sleeping and waking, a pending SIGKILL, one resource limit, the run queue.
 * Who sleeps lets something else go on: the hardware, or a task that is about to make a system call; the seed decides.
 * Left out: preemption; two stacks that grow in turn. A sleeping task's stack stays where it is, what goes on meanwhile
 * runs on top of it and must be done before the sleeper can go on. This is sound because nothing that runs on top waits
 * for a stack below it: no system call and no work item begins while somebody sleeps with a lock, and all other waiting
 * is for interrupts and work items. Not every order of the kernel's can happen, but every one that happens is one of its.
 */

import { runNextEvent } from "../../hardware/clock.ts";
import { randomBelow } from "../../hardware/random.ts";
import { BUG } from "../../include/asm-generic/bug.ts";
import type { MmStruct } from "../../include/linux/mm_types.ts";
import { lockdep_depth, lockdep_init } from "../locking/lockdep.ts";
import { might_sleep } from "../softirq.ts";

/** A process with one thread; several may share an address space. */
export interface TaskStruct {
  readonly pid: number;
  readonly mm: MmStruct;
  state: "TASK_RUNNING" | "TASK_UNINTERRUPTIBLE" | "TASK_DEAD";
  sigkillPending: boolean;
  /** RLIMIT_MEMLOCK in bytes. */
  rlimit_memlock: number;
}

/** No limit. */
export const RLIM_INFINITY = Number.POSITIVE_INFINITY;

/** What a task does in the kernel as soon as it is picked: one system call. */
interface Runnable {
  readonly task: TaskStruct;
  readonly run: () => void;
}

interface RunQueue {
  current: TaskStruct | null;
  lastPid: number;
  /** By pid; the dead stay. */
  readonly tasks: Map<number, TaskStruct>;
  readonly runnable: Runnable[];
  /** System calls that are under way: all but the last of them sleep. */
  depth: number;
  /** System calls that began while another one slept. */
  nested: number;
}

const MOST_SYSTEM_CALLS = 4;
const rq: RunQueue = { current: null, lastPid: 0, tasks: new Map(), runnable: [], depth: 0, nested: 0 };

/** sched_init() - no task yet */
export function sched_init(): void {
  rq.current = null;
  rq.lastPid = 0;
  rq.tasks.clear();
  rq.runnable.length = 0;
  rq.depth = 0;
  rq.nested = 0;
  lockdep_init();
}

/** copy_process() - a new task over an address space */
export function copy_process(mm: MmStruct): TaskStruct {
  rq.lastPid++;
  const pid = rq.lastPid;
  const task: TaskStruct = {
    pid,
    mm,
    state: "TASK_RUNNING",
    sigkillPending: false,
    rlimit_memlock: RLIM_INFINITY,
  };
  rq.tasks.set(pid, task);
  return task;
}

/** find_task_by_vpid() - the living task with a number */
export function find_task_by_vpid(nr: number): TaskStruct | null {
  const task = rq.tasks.get(nr);
  return task === undefined || task.state === "TASK_DEAD" ? null : task;
}

/** current() - the task whose system call is running */
export function current(): TaskStruct {
  return rq.current ?? BUG("no current task");
}

/** context_switch() - run another task from now on */
export function context_switch(task: TaskStruct): void {
  rq.current = task;
}

/** run_on_top() - let another task do something while the current one waits, then go back to the current one */
export function run_on_top<T>(task: TaskStruct, run: () => T): T {
  const below = rq.current;
  rq.current = task;
  const result = run();
  rq.current = below;
  return result;
}

/** enqueue_task() - a task is about to make a system call */
export function enqueue_task(task: TaskStruct, run: () => void): void {
  rq.runnable.push({ task, run });
}

/** nested_system_calls() - how many system calls began while another one slept */
export function nested_system_calls(): number {
  return rq.nested;
}

/** schedule() - let one thing go on, an event or a task; false when there is nothing that could */
export function schedule(): boolean {
  const next = pick_next_task();
  if (next === null) return runNextEvent() || run_any_task();

  run_system_call(next);
  return true;
}

/** set_current_state() - announce the sleep that io_schedule() begins */
export function set_current_state(state: "TASK_RUNNING" | "TASK_UNINTERRUPTIBLE"): void {
  current().state = state;
}

/** io_schedule() - sleep until somebody wakes the current task */
export function io_schedule(): void {
  might_sleep();
  const sleeper = current();
  while (sleeper.state !== "TASK_RUNNING") {
    if (!schedule()) BUG(`task ${sleeper.pid} sleeps and nothing will wake it`);
  }
}

/** wake_up_process() - end a task's sleep */
export function wake_up_process(task: TaskStruct): void {
  if (task.state !== "TASK_DEAD") task.state = "TASK_RUNNING";
}

/** force_sig() - leave a SIGKILL for the task to notice */
export function force_sig(task: TaskStruct): void {
  task.sigkillPending = true;
}

/** fatal_signal_pending() - will the task die as soon as it returns to user space */
export function fatal_signal_pending(task: TaskStruct): boolean {
  return task.sigkillPending;
}

// The hardware is one of those among whom the dice choose; it alone goes on above a lock.
function pick_next_task(): Runnable | null {
  const { runnable, depth } = rq;
  if (runnable.length === 0 || depth >= MOST_SYSTEM_CALLS || lockdep_depth() > 0) return null;

  const choice = randomBelow(runnable.length + 1);
  return choice === runnable.length ? null : take(choice);
}

// However deep the stack is: all sleep, and no event is left that could wake one of them.
function run_any_task(): boolean {
  if (rq.runnable.length === 0 || lockdep_depth() > 0) return false;

  const next = take(randomBelow(rq.runnable.length));
  if (next !== null) run_system_call(next);
  return true;
}

function take(index: number): Runnable | null {
  return rq.runnable.splice(index, 1)[0] ?? null;
}

function run_system_call({ task, run }: Runnable): void {
  if (rq.depth > 0) rq.nested++;
  rq.depth++;
  run_on_top(task, run);
  rq.depth--;
}
