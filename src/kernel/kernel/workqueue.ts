/**
 * Stands for kernel/workqueue.c.
 *
 * Modelled: work items that run a moment later, in process context, on a kernel thread of their own: one that sleeps
 * does not keep the next from running. While somebody sleeps with a lock, they wait.
 * Left out: bounded queues, cancelling; waiting for an item that has begun.
 */

import { after } from "../hardware/clock.ts";
import { BUG_ON } from "../include/asm-generic/bug.ts";
import { init_mm } from "../mm/init-mm.ts";
import { lockdep_depth } from "./locking/lockdep.ts";
import { copy_process, run_on_top, type TaskStruct } from "./sched/core.ts";

const WORKER_LATENCY = 5;
const MOST_POSTPONEMENTS = 1000;

/** A function to run later. `data` stands for what container_of() would find around the item. */
export interface WorkStruct {
  readonly func: (work: WorkStruct) => void;
  readonly data: unknown;
  pending: boolean;
}

/** A named queue; `executed` counts finished items. */
export interface WorkqueueStruct {
  readonly name: string;
  executed: number;
}

const system_wq: WorkqueueStruct = { name: "events", executed: 0 };
const idle_workers: TaskStruct[] = [];

/** workqueue_init() - nothing has run yet */
export function workqueue_init(): void {
  system_wq.executed = 0;
  idle_workers.length = 0;
}

/** schedule_work() - queue an item that needs no queue of its own */
export function schedule_work(work: WorkStruct): void {
  queue_work(system_wq, work);
}

/** system_wq_executed() - how many items schedule_work() has led to so far */
export function system_wq_executed(): number {
  return system_wq.executed;
}

/** alloc_workqueue() - a queue of its own */
export function alloc_workqueue(name: string): WorkqueueStruct {
  return { name, executed: 0 };
}

/** INIT_WORK() - an item that is not queued */
export function INIT_WORK(func: (work: WorkStruct) => void, data: unknown): WorkStruct {
  return { func, data, pending: false };
}

/** queue_work() - run the item soon; an item that is queued already runs once */
export function queue_work(wq: WorkqueueStruct, work: WorkStruct): void {
  if (work.pending) return;

  work.pending = true;
  after(WORKER_LATENCY, () => worker_thread(wq, work, MOST_POSTPONEMENTS));
}

/** flush_work() - an item that is queued has run when this returns: who waits for it lets it run, locks or not */
export function flush_work(wq: WorkqueueStruct, work: WorkStruct): void {
  if (work.pending) start_worker(wq, work);
}

function worker_thread(wq: WorkqueueStruct, work: WorkStruct, patience: number): void {
  if (!work.pending) return;

  BUG_ON(patience === 0, `${wq.name}: an item waits for a lock that is never given back`);
  if (lockdep_depth() > 0) {
    after(WORKER_LATENCY, () => worker_thread(wq, work, patience - 1));
    return;
  }
  start_worker(wq, work);
}

function start_worker(wq: WorkqueueStruct, work: WorkStruct): void {
  const worker = idle_workers.pop() ?? copy_process(init_mm);
  run_on_top(worker, () => process_one_work(wq, work));
  idle_workers.push(worker);
}

function process_one_work(wq: WorkqueueStruct, work: WorkStruct): void {
  work.pending = false;
  work.func(work);
  wq.executed++;
}
