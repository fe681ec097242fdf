/** Path 11 among others: a process that puts its memory into pipes, duplicates it, reads it back and sends it to the disk. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { free_pipe_info, pipe_read, pipe_write } from "../../fs/pipe.ts";
import { iter_file_splice_write } from "../../fs/splice.ts";
import { do_tee } from "../../fs/tee.ts";
import { vmsplice_to_pipe } from "../../fs/vmsplice.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { PipeInodeInfo } from "../../include/linux/pipe_fs_i.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { firstDifference, type Machine, mapBuffer, openPipe, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

// The first pages are sources, the last ones are read into.
const TARGET_PAGES = 4;

/** A pipe, and the bytes that must come out of it. */
interface Queue {
  readonly pipe: PipeInodeInfo;
  expected: Uint8Array;
}

interface Play {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly first: Queue;
  readonly second: Queue;
  /** A system call of this submitter sleeps: its pipes are locked. */
  busy: boolean;
}

/** openVmsplice() - two empty pipes, memory that was never touched */
export const openVmsplice: OpenSubmitter = (machine, lot) => {
  for (let page = 0; page < lot.pages; page++) mapBuffer(machine, lot.pageNumber + page, 1, READ_WRITE);
  const queueOf = () => ({ pipe: openPipe(machine), expected: new Uint8Array(0) });
  const play: Play = { machine, lot, first: queueOf(), second: queueOf(), busy: false };
  return {
    name: "vmsplice",
    step: (dice) => {
      if (play.busy || machine.task.mm.mm_users === 0) return [];

      context_switch(machine.task);
      return move(play, dice % 8, Math.floor(dice / 8));
    },
    close: () => {
      for (const { pipe } of [play.first, play.second]) free_pipe_info(pipe);
      return [];
    },
  };
};

function move(play: Play, kind: number, dice: number): readonly string[] {
  const { first, second } = play;
  if (kind === 0) fill(play, dice);
  else if (kind === 1) fillOrToggle(play, dice);
  else if (kind === 2 || kind === 3) splice(play, first, dice);
  else if (kind === 4) tee(first, second, dice);
  else if (kind === 5) return read(play, dice % 2 === 0 ? first : second, dice);
  else if (kind === 6) write(play, dice);
  else return store(play, dice % 2 === 0 ? first : second, dice);
  return [];
}

// What is in a pipe must not change, or nobody knows what should come out.
function fill({ machine, lot, first, second }: Play, dice: number): void {
  if (first.expected.length + second.expected.length > 0) return;

  const { address } = sourceOf(lot, dice);
  if (find_vma(machine.task.mm, address) !== null) copy_to_user(address, pattern(dice % 251, PAGE_SIZE));
}

function fillOrToggle(play: Play, dice: number): void {
  if (dice % 3 === 0) togglePage(play, Math.floor(dice / 3));
  else fill(play, Math.floor(dice / 3));
}

function togglePage({ machine, lot }: Play, dice: number): void {
  const pageNumber = lot.pageNumber + (dice % lot.pages);
  const vma = find_vma(machine.task.mm, pageNumber * PAGE_SIZE);
  if (vma === null) mapBuffer(machine, pageNumber, 1, READ_WRITE);
  else remove_vma(vma);
}

function splice({ lot }: Play, queue: Queue, dice: number): void {
  const { address, length } = sourceOf(lot, dice);
  const source = new Uint8Array(length);
  copy_from_user(source, address);
  const ret = vmsplice_to_pipe(queue.pipe, [{ iov_base: address, iov_len: length }], dice % 16);
  if (ret > 0) append(queue, source.subarray(0, ret));
}

function write({ lot, second }: Play, dice: number): void {
  const { address, length } = sourceOf(lot, dice);
  const source = new Uint8Array(length);
  copy_from_user(source, address);
  const ret = pipe_write(second.pipe, address, length);
  if (ret > 0) append(second, source.subarray(0, ret));
}

function tee(from: Queue, to: Queue, dice: number): void {
  const ret = do_tee(from.pipe, to.pipe, 1 + (dice % (4 * PAGE_SIZE)));
  if (ret > 0) append(to, from.expected.subarray(0, ret));
}

function read({ machine, lot }: Play, queue: Queue, dice: number): readonly string[] {
  const target = (lot.pageNumber + lot.pages - TARGET_PAGES) * PAGE_SIZE + (dice % 512);
  const ret = pipe_read(queue.pipe, target, 1 + (dice % (3 * PAGE_SIZE)));
  if (ret <= 0) return [];

  const bytes = new Uint8Array(ret);
  if (copy_from_user(bytes, target) > 0) return [`vmsplice: task ${machine.task.pid} has read what it cannot see`];
  return compare(queue, bytes);
}

// Sleeps until the disk is done, so others go on meanwhile, and this submitter does not.
function store(play: Play, queue: Queue, dice: number): readonly string[] {
  const { machine, lot } = play;
  const { length } = queue.expected;
  if (length === 0 || length > lot.sectors * 512) return [];

  const place = (lot.sector + (dice % (lot.sectors - Math.floor(length / 512)))) * 512;
  play.busy = true;
  const ret = iter_file_splice_write(queue.pipe, machine.file, place);
  play.busy = false;
  return ret > 0 ? compare(queue, machine.disk.controller.medium.subarray(place, place + ret)) : [];
}

function compare(queue: Queue, bytes: Uint8Array): readonly string[] {
  const difference = firstDifference(bytes, queue.expected.subarray(0, bytes.length));
  queue.expected = queue.expected.subarray(bytes.length);
  return difference === null ? [] : [`vmsplice: byte ${difference} of ${bytes.length} is wrong`];
}

function append(queue: Queue, bytes: Uint8Array): void {
  queue.expected = Uint8Array.from([...queue.expected, ...bytes]);
}

// Some bytes of the sources, now and then whole pages.
function sourceOf({ pageNumber, pages }: Lot, dice: number) {
  const page = dice % (pages - TARGET_PAGES);
  const offset = dice % 3 === 0 ? 0 : dice % PAGE_SIZE;
  const most = (pages - TARGET_PAGES - page) * PAGE_SIZE - offset;
  const length = dice % 3 === 0 ? PAGE_SIZE * (1 + (dice % 2)) : 1 + (Math.floor(dice / 64) % most);
  return { address: (pageNumber + page) * PAGE_SIZE + offset, length: Math.min(length, most) };
}
