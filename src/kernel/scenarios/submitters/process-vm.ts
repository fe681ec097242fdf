/** A process whose memory another one reads and writes at random places, while areas come and go on both sides. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { Iovec } from "../../include/linux/uio.ts";
import { create_process, do_exit } from "../../kernel/fork.ts";
import { context_switch, type TaskStruct } from "../../kernel/sched/core.ts";
import { find_vma, mmap_region, remove_vma } from "../../mm/mmap.ts";
import { process_vm_readv, process_vm_writev } from "../../mm/process_vm_access.ts";
import { firstDifference, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

interface Pair {
  readonly local: TaskStruct;
  readonly remote: TaskStruct;
  readonly lot: Lot;
}

/** openProcessVm() - two processes, the machine's and a new one, with the same stretch of addresses */
export const openProcessVm: OpenSubmitter = (machine, lot) => {
  const pair: Pair = { local: machine.task, remote: create_process(), lot };
  machine.tasks.push(pair.remote);
  return {
    name: "process_vm",
    step: (dice) => {
      const complaints = pair.local.mm.mm_users === 0 ? [] : step(pair, dice);
      context_switch(machine.task);
      return complaints;
    },
    close: () => {
      if (pair.remote.mm.mm_users > 0) do_exit(pair.remote);
      return [];
    },
  };
};

function step(pair: Pair, dice: number): readonly string[] {
  const move = dice % 16;
  if (move === 0) toggle(pair.local, pageOf(pair, dice));
  if (move === 1) toggle(pair.remote, pageOf(pair, dice));
  if (move === 2 && dice % 7 === 0 && pair.remote.mm.mm_users > 0) do_exit(pair.remote);
  if (move < 3) return [];
  if (move < 6) toggleMissing(pair, dice);
  return transfer(pair, dice, move % 2 === 0);
}

function pageOf({ lot }: Pair, dice: number): number {
  return lot.pageNumber + (Math.floor(dice / 16) % lot.pages);
}

function toggle({ mm }: TaskStruct, page: number): void {
  const vma = find_vma(mm, page * PAGE_SIZE);
  if (vma !== null) remove_vma(vma);
  else if (mm.mm_users > 0) mmap_region(mm, page * PAGE_SIZE, PAGE_SIZE, READ_WRITE, null);
}

function toggleMissing(pair: Pair, dice: number): void {
  for (const task of [pair.local, pair.remote]) {
    if (find_vma(task.mm, pageOf(pair, dice) * PAGE_SIZE) === null) toggle(task, pageOf(pair, dice));
  }
}

// What a call says it transferred must be the same on both sides afterwards.
function transfer(pair: Pair, dice: number, write: boolean): readonly string[] {
  const start = pageOf(pair, dice) * PAGE_SIZE + (dice % PAGE_SIZE);
  const range = (shift: number): Iovec => ({ iov_base: start + shift, iov_len: 1 + (dice % (3 * PAGE_SIZE)) });
  const [here, there] = [range(0), range(dice % 64)];
  const [source, from] = write ? [pair.local, here] : [pair.remote, there];
  context_switch(source);
  copy_to_user(from.iov_base, pattern(dice % 251, from.iov_len));
  context_switch(pair.local);
  const call = write ? process_vm_writev : process_vm_readv;
  const done = call(pair.remote.pid, [here], [there], 0);
  if (done <= 0) return [];

  const difference = firstDifference(bytesOf(pair.local, here, done), bytesOf(pair.remote, there, done));
  return difference === null ? [] : [`process_vm: byte ${difference} of ${done} differs`];
}

function bytesOf(task: TaskStruct, { iov_base }: Iovec, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  context_switch(task);
  copy_from_user(bytes, iov_base);
  return bytes;
}
