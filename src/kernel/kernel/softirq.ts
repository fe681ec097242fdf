/**
 * Stands for irq_enter() and irq_exit() of kernel/softirq.c, and might_sleep() of kernel/sched/core.c.
 *
 * Modelled: whether an interrupt is being handled, because then nobody may sleep.
 * Left out: soft interrupts.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";

const cpu = { interrupts: 0 };

/** irq_init() - no interrupt is being handled */
export function irq_init(): void {
  cpu.interrupts = 0;
}

/** irq_enter() - an interrupt handler begins */
export function irq_enter(): void {
  cpu.interrupts++;
}

/** irq_exit() - an interrupt handler ends */
export function irq_exit(): void {
  cpu.interrupts--;
}

/** might_sleep() - the caller could have to wait, so it must not be an interrupt handler */
export function might_sleep(): void {
  BUG_ON(cpu.interrupts > 0, "sleeping in an interrupt handler");
}
