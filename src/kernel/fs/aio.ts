/**
 * Stands for fs/aio.c.
 *
 * Modelled: submitting reads and writes that report to a ring of events, and waiting for events.
 * Left out: the ring's shared memory, cancelling, polling.
 */

import { EIOCBQUEUED } from "../include/linux/errno.ts";
import type { File, Kiocb } from "../include/linux/fs.ts";
import { type Iovec, READ, WRITE } from "../include/linux/uio.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { iov_iter_init } from "./read_write.ts";

/** A request as user space describes it; `aio_data` comes back in the event. */
export interface Iocb {
  readonly aio_data: number;
  readonly aio_lio_opcode: "IOCB_CMD_PREADV" | "IOCB_CMD_PWRITEV";
  readonly aio_file: File;
  readonly aio_buf: readonly Iovec[];
  readonly aio_offset: number;
  readonly ki_flags: number;
}

/** A finished request: bytes or a negative errno. */
export interface IoEvent {
  readonly data: number;
  readonly res: number;
}

/** A ring of events and who waits for it. */
export interface Kioctx {
  readonly ring: IoEvent[];
  reqs_active: number;
  waiter: TaskStruct | null;
}

interface AioKiocb {
  readonly ki_ctx: Kioctx;
  readonly ki_user_data: number;
}

/** io_setup() - an empty ring */
export function io_setup(): Kioctx {
  return { ring: [], reqs_active: 0, waiter: null };
}

/** io_submit() - start a request; its outcome is an event, whatever it is */
export function io_submit(ctx: Kioctx, iocb: Iocb): void {
  const req: AioKiocb = { ki_ctx: ctx, ki_user_data: iocb.aio_data };
  const kiocb: Kiocb = {
    ki_filp: iocb.aio_file,
    ki_pos: iocb.aio_offset,
    ki_complete: aio_complete_rw,
    ki_flags: iocb.ki_flags,
    private: req,
  };
  ctx.reqs_active++;
  aio_rw_ret(kiocb, start(kiocb, iocb));
}

/** io_getevents() - wait until @min_nr events are there or nothing is left to wait for, and take all of them */
export function io_getevents(ctx: Kioctx, min_nr: number): IoEvent[] {
  while (ctx.ring.length < min_nr && ctx.reqs_active > 0) {
    ctx.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    ctx.waiter = null;
  }
  return ctx.ring.splice(0);
}

function start(kiocb: Kiocb, iocb: Iocb): number {
  const { f_op } = kiocb.ki_filp;
  switch (iocb.aio_lio_opcode) {
    case "IOCB_CMD_PREADV":
      return f_op.read_iter(kiocb, iov_iter_init(READ, iocb.aio_buf));
    case "IOCB_CMD_PWRITEV":
      return f_op.write_iter(kiocb, iov_iter_init(WRITE, iocb.aio_buf));
  }
}

function aio_rw_ret(kiocb: Kiocb, ret: number): void {
  if (ret !== -EIOCBQUEUED) aio_complete_rw(kiocb, ret);
}

function aio_complete_rw(kiocb: Kiocb, res: number): void {
  const { ki_ctx, ki_user_data } = kiocb.private as AioKiocb;
  ki_ctx.ring.push({ data: ki_user_data, res });
  ki_ctx.reqs_active--;
  if (ki_ctx.waiter !== null) wake_up_process(ki_ctx.waiter);
}
