/**
 * Stands for drivers/vfio/pci/vfio_pci_intrs.c and fs/eventfd.c.
 *
 * Modelled: an interrupt of a device that is counted for user space, which sleeps until there is one.
 * Left out: masking, several vectors.
 */

import type { PassthroughDevice } from "../../../hardware/passthrough-device.ts";
import {
  current,
  io_schedule,
  set_current_state,
  type TaskStruct,
  wake_up_process,
} from "../../../kernel/sched/core.ts";
import { irq_enter, irq_exit } from "../../../kernel/softirq.ts";

/** Interrupts that nobody has read yet, and who waits for one. */
export interface EventfdCtx {
  count: number;
  waiter: TaskStruct | null;
}

/** vfio_msi_enable() - count the interrupts of a device */
export function vfio_msi_enable(device: PassthroughDevice): EventfdCtx {
  const trigger: EventfdCtx = { count: 0, waiter: null };
  device.interrupt = () => vfio_msihandler(trigger);
  return trigger;
}

/** eventfd_read() - sleep until there was an interrupt; returns how many there were */
export function eventfd_read(ctx: EventfdCtx): number {
  while (ctx.count === 0) {
    ctx.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    ctx.waiter = null;
  }
  const { count } = ctx;
  ctx.count = 0;
  return count;
}

function vfio_msihandler(trigger: EventfdCtx): void {
  irq_enter();
  trigger.count++;
  if (trigger.waiter !== null) wake_up_process(trigger.waiter);
  irq_exit();
}
