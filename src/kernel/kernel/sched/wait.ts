/**
 * Stands for wait_event() of include/linux/wait.h.
 *
 * Modelled: waiting until something is true that interrupts and other tasks make true.
 * Left out: wait queues: who waits looks again after everything that happens.
 */

import { BUG } from "../../include/asm-generic/bug.ts";
import { might_sleep } from "../softirq.ts";
import { schedule } from "./core.ts";

/** wait_event() - sleep until @condition holds */
export function wait_event(condition: () => boolean): void {
  might_sleep();
  while (!condition()) if (!schedule()) BUG("somebody waits for what will never happen");
}
