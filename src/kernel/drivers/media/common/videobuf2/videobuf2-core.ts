/**
 * Stands for drivers/media/common/videobuf2/videobuf2-core.c, with a camera's driver behind it.
 *
 * Modelled: a user's buffer is queued, filled by the camera, and taken back; it stays held until another buffer takes its
 * place or the queue is released.
 * Left out: memory operations as a table, planes, kernel buffers.
 */

import { startCapture, type VideoDevice } from "../../../../hardware/video.ts";
import type { Device } from "../../../../include/linux/device.ts";
import { IS_ERR, PTR_ERR } from "../../../../include/linux/err.ts";
import { EBUSY, EINVAL } from "../../../../include/linux/errno.ts";
import {
  current,
  io_schedule,
  set_current_state,
  type TaskStruct,
  wake_up_process,
} from "../../../../kernel/sched/core.ts";
import { irq_enter, irq_exit } from "../../../../kernel/softirq.ts";
import { type Vb2DmaSgBuf, vb2_dma_sg_get_userptr, vb2_dma_sg_put_userptr } from "./videobuf2-dma-sg.ts";

/** A camera's queue of one buffer. */
export interface Vb2Queue {
  readonly dev: Device;
  readonly camera: VideoDevice;
  buf: Vb2DmaSgBuf | null;
  state: "VB2_BUF_STATE_DEQUEUED" | "VB2_BUF_STATE_ACTIVE" | "VB2_BUF_STATE_DONE";
  waiter: TaskStruct | null;
}

/** vb2_queue_init() - a camera that nobody films with */
export function vb2_queue_init(dev: Device, camera: VideoDevice): Vb2Queue {
  const q: Vb2Queue = { dev, camera, buf: null, state: "VB2_BUF_STATE_DEQUEUED", waiter: null };
  camera.interrupt = () => vb2_buffer_done(q);
  return q;
}

/** vb2_qbuf() - film into memory of the current process; the same memory as before is not taken hold of again */
export function vb2_qbuf(q: Vb2Queue, vaddr: number, size: number): number {
  if (q.state !== "VB2_BUF_STATE_DEQUEUED") return -EBUSY;

  const ret = size > 0 ? prepare_userptr(q, vaddr, size) : -EINVAL;
  if (ret < 0 || q.buf === null) return ret;

  q.state = "VB2_BUF_STATE_ACTIVE";
  startCapture(
    q.camera,
    q.buf.dma_sgt.map((sg) => ({ address: sg.dma_address, length: sg.length })),
  );
  return 0;
}

/** vb2_dqbuf() - sleep until the buffer is filled */
export function vb2_dqbuf(q: Vb2Queue): number {
  if (q.state === "VB2_BUF_STATE_DEQUEUED") return -EINVAL;

  vb2_wait_for_done(q);
  q.state = "VB2_BUF_STATE_DEQUEUED";
  return 0;
}

/** vb2_queue_release() - the file is closed: wait for the camera, let go of the buffer */
export function vb2_queue_release(q: Vb2Queue): void {
  vb2_wait_for_done(q);
  q.state = "VB2_BUF_STATE_DEQUEUED";
  put_userptr(q);
}

function prepare_userptr(q: Vb2Queue, vaddr: number, size: number): number {
  if (q.buf !== null && q.buf.vaddr === vaddr && q.buf.size === size) return 0;

  put_userptr(q);
  const buf = vb2_dma_sg_get_userptr(q.dev, vaddr, size);
  if (IS_ERR(buf)) return PTR_ERR(buf);

  q.buf = buf;
  return 0;
}

function put_userptr(q: Vb2Queue): void {
  if (q.buf !== null) vb2_dma_sg_put_userptr(q.buf);
  q.buf = null;
}

function vb2_wait_for_done(q: Vb2Queue): void {
  while (q.state === "VB2_BUF_STATE_ACTIVE") {
    q.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    q.waiter = null;
  }
}

function vb2_buffer_done(q: Vb2Queue): void {
  irq_enter();
  q.state = "VB2_BUF_STATE_DONE";
  if (q.waiter !== null) wake_up_process(q.waiter);
  irq_exit();
}
