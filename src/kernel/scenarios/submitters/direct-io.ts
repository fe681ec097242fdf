/** A process that reads and writes a file O_DIRECT, with a shadow that knows what must be where. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { type Iocb, io_getevents, io_setup, io_submit, type Kioctx } from "../../fs/aio.ts";
import { preadv, pwritev } from "../../fs/read_write.ts";
import type { File } from "../../include/linux/fs.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { Iovec } from "../../include/linux/uio.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { type Machine, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, Submitter } from "../submitter.ts";

const SECTOR = 512;
const SLOTS = 2;
const UNKNOWN = -1;

/** A file, and where in it the submitter's stretch begins; all in bytes. */
export interface Stretch {
  readonly file: File;
  readonly base: number;
  readonly length: number;
}

/** Half of a stretch and half of the memory: at most one request is in flight on it. */
interface Slot {
  readonly file: File;
  readonly base: number;
  readonly sectors: number;
  readonly memory: number;
  readonly memorySectors: number;
  readonly shadow: Int16Array;
  inFlight: Move | null;
}

interface Move {
  readonly write: boolean;
  readonly place: number;
  readonly sectors: number;
  readonly memory: number;
  readonly cut: number;
  readonly source: Uint8Array;
}

/** directIoSubmitter() - random reads and writes of a stretch, waited for and not, from memory that gets holes */
export function directIoSubmitter(name: string, machine: Machine, lot: Lot, stretch: Stretch): Submitter {
  const slots = Array.from({ length: SLOTS }, (_, k) => openSlot(machine, lot, stretch, k));
  const ctx = io_setup();
  return {
    name,
    step: (dice) => randomMove(machine, slots, ctx, dice),
    close: () => collect(slots, ctx),
  };
}

function openSlot(machine: Machine, lot: Lot, stretch: Stretch, k: number): Slot {
  const pages = Math.floor(lot.pages / SLOTS);
  const first = lot.pageNumber + k * pages;
  for (let page = 0; page < pages; page++) mapBuffer(machine, first + page, 1, READ_WRITE);
  const sectors = Math.floor(stretch.length / SECTOR / SLOTS);
  return {
    file: stretch.file,
    base: stretch.base + k * sectors * SECTOR,
    sectors,
    memory: first * PAGE_SIZE,
    memorySectors: (pages * PAGE_SIZE) / SECTOR,
    shadow: new Int16Array(sectors * SECTOR).fill(UNKNOWN),
    inFlight: null,
  };
}

function randomMove(machine: Machine, slots: readonly Slot[], ctx: Kioctx, dice: number): readonly string[] {
  const [kind, rest] = [dice % 8, Math.floor(dice / 8)];
  const slot = slots[rest % SLOTS];
  if (slot === undefined) return [];
  if (kind === 0) return collect(slots, ctx);

  const complaints = slot.inFlight === null ? [] : collect(slots, ctx);
  if (kind === 1) {
    toggleHole(machine, slot, Math.floor(rest / SLOTS));
    return complaints;
  }
  return [...complaints, ...transfer(slot, ctx, Math.floor(rest / SLOTS), kind)];
}

function transfer(slot: Slot, ctx: Kioctx, dice: number, kind: number): readonly string[] {
  const move = prepareMove(slot, dice, kind % 2 === 0);
  if (kind >= 5) {
    slot.inFlight = move;
    io_submit(ctx, request(slot, move));
    return [];
  }
  const call = move.write ? pwritev : preadv;
  return judge(slot, move, call(slot.file, ranges(slot, move), slot.base + move.place * SECTOR));
}

function prepareMove(slot: Slot, dice: number, write: boolean): Move {
  const sectors = 1 + (dice % Math.min(slot.sectors, slot.memorySectors, 40));
  const place = Math.floor(dice / 40) % (slot.sectors - sectors + 1);
  const memory = Math.floor(dice / 1600) % (slot.memorySectors - sectors + 1);
  const cut = dice % (sectors + 1);
  const move = { write, place, sectors, memory, cut, source: new Uint8Array(0) };
  return write ? { ...move, source: fillMemory(slot, move) } : move;
}

function request(slot: Slot, move: Move): Iocb {
  return {
    aio_data: slot.base,
    aio_lio_opcode: move.write ? "IOCB_CMD_PWRITEV" : "IOCB_CMD_PREADV",
    aio_file: slot.file,
    aio_buf: ranges(slot, move),
    aio_offset: slot.base + move.place * SECTOR,
    ki_flags: 0,
  };
}

function ranges(slot: Slot, { memory, sectors, cut }: Move): readonly Iovec[] {
  const iov_base = slot.memory + memory * SECTOR;
  return [
    { iov_base, iov_len: cut * SECTOR },
    { iov_base: iov_base + cut * SECTOR, iov_len: (sectors - cut) * SECTOR },
  ];
}

function collect(slots: readonly Slot[], ctx: Kioctx): readonly string[] {
  return io_getevents(ctx, slots.length).flatMap(({ data, res }) => {
    const slot = slots.find(({ base }) => base === data);
    if (slot === undefined || slot.inFlight === null) return [];

    const move = slot.inFlight;
    slot.inFlight = null;
    return judge(slot, move, res);
  });
}

function judge(slot: Slot, move: Move, result: number): readonly string[] {
  if (!move.write) return checkRead(slot, move, Math.max(result, 0));

  const start = move.place * SECTOR;
  // A write that failed may have changed any part of what it was meant to change.
  if (result < 0) slot.shadow.fill(UNKNOWN, start, start + move.sectors * SECTOR);
  else slot.shadow.set(move.source.subarray(0, result), start);
  return [];
}

function checkRead(slot: Slot, move: Move, length: number): readonly string[] {
  const start = slot.memory + move.memory * SECTOR;
  for (let done = 0; done < length; done += SECTOR) {
    const bytes = new Uint8Array(SECTOR);
    // The memory may have been unmapped meanwhile.
    if (copy_from_user(bytes, start + done) > 0) continue;

    const at = move.place * SECTOR + done;
    const wrong = bytes.findIndex((byte, index) => ![UNKNOWN, byte].includes(slot.shadow[at + index] ?? UNKNOWN));
    if (wrong !== -1) return [`read ${bytes[wrong]} at ${at + wrong}, ${slot.shadow[at + wrong]} was written`];
  }
  return [];
}

// The process fills what it can: not the holes, and no more when frames run out.
function fillMemory(slot: Slot, move: Move): Uint8Array {
  const source = new Uint8Array(move.sectors * SECTOR);
  const fill = pattern(move.place * 3 + move.sectors * 5 + move.memory + 1, source.length);
  for (let done = 0; done < source.length; done += SECTOR) {
    const address = slot.memory + move.memory * SECTOR + done;
    copy_to_user(address, fill.subarray(done, done + SECTOR));
    copy_from_user(source.subarray(done, done + SECTOR), address);
  }
  return source;
}

function toggleHole(machine: Machine, slot: Slot, dice: number): void {
  const page = dice % ((slot.memorySectors * SECTOR) / PAGE_SIZE);
  const vma = find_vma(machine.task.mm, slot.memory + page * PAGE_SIZE);
  if (vma === null) mapBuffer(machine, slot.memory / PAGE_SIZE + page, 1, READ_WRITE);
  else remove_vma(vma);
}
