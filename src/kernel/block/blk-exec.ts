/**
 * Stands for block/blk-exec.c.
 *
 * Modelled: sending a request that somebody has made by hand, and waiting for it.
 * Left out: requests that are not waited for, time-outs.
 */

import type { Request } from "../include/linux/blk_types.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { blk_mq_issue_directly } from "./blk-mq.ts";

interface Completion {
  readonly waiter: TaskStruct;
  /** A block status; null while the request is under way. */
  error: number | null;
}

/** blk_execute_rq() - send a request and wait for its end; returns its block status */
export function blk_execute_rq(rq: Request): number {
  const wait: Completion = { waiter: current(), error: null };
  rq.end_io_data = wait;
  rq.end_io = blk_end_sync_rq;
  blk_mq_issue_directly(rq);
  return wait_for_completion_io(wait);
}

function blk_end_sync_rq(rq: Request, error: number): void {
  const wait = rq.end_io_data as Completion;
  wait.error = error;
  wake_up_process(wait.waiter);
}

function wait_for_completion_io(wait: Completion): number {
  while (wait.error === null) {
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  }
  return wait.error;
}
