/**
 * Stands for submit_bio_wait() of block/bio.c.
 *
 * Modelled: sending a bio and sleeping until it has ended; the bio stays the caller's.
 */

import type { Bio } from "../include/linux/blk_types.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { blk_status_to_errno, submit_bio } from "./blk-core.ts";

/** submit_bio_wait() - send a bio and wait; returns 0 or a negative errno */
export function submit_bio_wait(bio: Bio): number {
  bio.bi_private = current();
  bio.bi_end_io = submit_bio_wait_endio;
  submit_bio(bio);
  while (bio.bi_private !== null) {
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  }
  return blk_status_to_errno(bio.bi_status);
}

function submit_bio_wait_endio(bio: Bio): void {
  const waiter = bio.bi_private as TaskStruct;
  bio.bi_private = null;
  wake_up_process(waiter);
}
