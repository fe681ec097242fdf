/**
 * Stands for io_uring/rw.c and the completion queue of io_uring/io_uring.c, Linux 6.1.
 *
 * Modelled: reads and writes of a part of a registered buffer, and waiting for their results.
 * Left out: the shared rings, polling, linked requests, everything else that a ring can do.
 */

import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { EIOCBQUEUED } from "../include/linux/errno.ts";
import type { File, Kiocb } from "../include/linux/fs.ts";
import { READ, WRITE } from "../include/linux/uio.ts";
import { current, io_schedule, set_current_state, type TaskStruct, wake_up_process } from "../kernel/sched/core.ts";
import { type IoMappedUbuf, io_import_fixed, io_rsrc_get, io_rsrc_put } from "./rsrc.ts";

/** A request as user space describes it; `user_data` comes back with the result. */
export interface IoUringSqe {
  readonly opcode: "IORING_OP_READ_FIXED" | "IORING_OP_WRITE_FIXED";
  readonly file: File;
  readonly imu: IoMappedUbuf;
  readonly addr: number;
  readonly len: number;
  readonly off: number;
  readonly user_data: number;
}

/** A result: bytes or a negative errno. */
export interface IoUringCqe {
  readonly user_data: number;
  readonly res: number;
}

/** A ring. */
export interface IoRingCtx {
  readonly cqes: IoUringCqe[];
  inflight: number;
  waiter: TaskStruct | null;
}

interface IoRw {
  readonly ctx: IoRingCtx;
  readonly sqe: IoUringSqe;
}

/** io_uring_setup() - an empty ring */
export function io_uring_setup(): IoRingCtx {
  return { cqes: [], inflight: 0, waiter: null };
}

/** io_uring_submit() - start a request; its outcome is an entry of the completion queue, whatever it is */
export function io_uring_submit(ctx: IoRingCtx, sqe: IoUringSqe): void {
  const rw: IoRw = { ctx, sqe };
  const kiocb: Kiocb = {
    ki_filp: sqe.file,
    ki_pos: sqe.off,
    ki_complete: io_complete_rw,
    ki_flags: 0,
    private: rw,
  };
  ctx.inflight++;
  io_rsrc_get(sqe.imu);
  const ret = start(kiocb, sqe);
  if (ret !== -EIOCBQUEUED) io_complete_rw(kiocb, ret);
}

/** io_cqring_wait() - wait until @min entries are there or nothing is in flight, and take all of them */
export function io_cqring_wait(ctx: IoRingCtx, min: number): IoUringCqe[] {
  while (ctx.cqes.length < min && ctx.inflight > 0) {
    ctx.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    ctx.waiter = null;
  }
  return ctx.cqes.splice(0);
}

function start(kiocb: Kiocb, { opcode, file, imu, addr, len }: IoUringSqe): number {
  const reading = opcode === "IORING_OP_READ_FIXED";
  const iter = io_import_fixed(reading ? READ : WRITE, imu, addr, len);
  if (IS_ERR(iter)) return PTR_ERR(iter);
  return reading ? file.f_op.read_iter(kiocb, iter) : file.f_op.write_iter(kiocb, iter);
}

function io_complete_rw(kiocb: Kiocb, res: number): void {
  const { ctx, sqe } = kiocb.private as IoRw;
  ctx.cqes.push({ user_data: sqe.user_data, res });
  ctx.inflight--;
  io_rsrc_put(sqe.imu);
  if (ctx.waiter !== null) wake_up_process(ctx.waiter);
}
