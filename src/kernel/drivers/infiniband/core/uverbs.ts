/**
 * Stands for drivers/infiniband/core/uverbs_main.c and uverbs_cmd.c.
 *
 * Modelled: a process that opens an adapter, registers and deregisters memory, and sleeps until completions come; the
 * end of the file, and of the device under open files.
 * Left out: the write() interface, handles (a region is known by its key), protection domains, queue pairs.
 */

import type { CompletionQueue } from "../../../hardware/rdma-nic.ts";
import { IS_ERR, PTR_ERR } from "../../../include/linux/err.ts";
import { ENODEV, ENOENT } from "../../../include/linux/errno.ts";
import type { IbDevice, IbMr, IbUcontext } from "../../../include/rdma/ib_verbs.ts";
import {
  current,
  io_schedule,
  set_current_state,
  type TaskStruct,
  wake_up_process,
} from "../../../kernel/sched/core.ts";

/** An open adapter. */
export interface IbUverbsFile {
  readonly ucontext: IbUcontext;
  readonly cq: CompletionQueue;
  /** Regions by key. */
  readonly mrs: Map<number, IbMr>;
  waiter: TaskStruct | null;
  /** The adapter went away under the file. */
  disassociated: boolean;
}

/** ib_uverbs_open() - open an adapter for the current process, with one completion queue */
export function ib_uverbs_open(device: IbDevice): IbUverbsFile {
  const ucontext = { device, tgid: current(), closing: false };
  const cq = { cqn: device.comp_handlers.size + 1, entries: [] };
  const file: IbUverbsFile = { ucontext, cq, mrs: new Map(), waiter: null, disassociated: false };
  device.comp_handlers.set(cq.cqn, () => ib_uverbs_comp_handler(file));
  return file;
}

/** ib_uverbs_reg_mr() - make memory of the current process known to the adapter; returns its key or a negative errno */
export function ib_uverbs_reg_mr(file: IbUverbsFile, start: number, length: number, access: number): number {
  if (file.disassociated) return -ENODEV;

  const mr = file.ucontext.device.reg_user_mr(file.ucontext, start, length, access);
  if (IS_ERR(mr)) return PTR_ERR(mr);

  file.mrs.set(mr.lkey, mr);
  return mr.lkey;
}

/** ib_uverbs_dereg_mr() - take memory away from the adapter */
export function ib_uverbs_dereg_mr(file: IbUverbsFile, lkey: number): number {
  const mr = file.mrs.get(lkey);
  if (mr === undefined) return -ENOENT;

  file.mrs.delete(lkey);
  mr.device.dereg_mr(mr);
  return 0;
}

/** ib_uverbs_event_read() - sleep until the completion queue has @entries entries */
export function ib_uverbs_event_read(file: IbUverbsFile, entries: number): void {
  while (file.cq.entries.length < entries) {
    file.waiter = current();
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
    file.waiter = null;
  }
}

/** ib_uverbs_close() - the last user of the file has gone; that may be another process than the one that opened it */
export function ib_uverbs_close(file: IbUverbsFile): void {
  file.ucontext.closing = true;
  uverbs_destroy_ufile_hw(file);
}

/** ib_uverbs_remove_one() - the adapter was pulled out while files were open */
export function ib_uverbs_remove_one(files: readonly IbUverbsFile[]): void {
  for (const file of files) {
    file.disassociated = true;
    uverbs_destroy_ufile_hw(file);
  }
}

function uverbs_destroy_ufile_hw(file: IbUverbsFile): void {
  for (const lkey of [...file.mrs.keys()]) ib_uverbs_dereg_mr(file, lkey);
}

function ib_uverbs_comp_handler(file: IbUverbsFile): void {
  if (file.waiter !== null) wake_up_process(file.waiter);
}
