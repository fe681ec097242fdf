/**
 * A story told by dice: reads and writes of all kinds, in flight together, over bad memory and bad sectors.
 *
 * Each slot has memory of its own and a place of its own: a stretch of the device, or a file of ext2. Beside each place
 * stands a shadow, which knows what must be there as long as the calls told the truth about what they did.
 */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { type Iocb, type IoEvent, io_getevents, io_setup, io_submit, type Kioctx } from "../fs/aio.ts";
import { pread64, preadv, pwritev } from "../fs/read_write.ts";
import { after } from "../hardware/clock.ts";
import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Iovec } from "../include/linux/uio.ts";
import { force_sig } from "../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../mm/mmap.ts";
import { nr_free_pages } from "../mm/page_alloc.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  createFile,
  everyOther,
  filledBuffer,
  type Machine,
  mapBuffer,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

const SECTOR = 512;
const SLOTS = 4;
const PLACE_PAGES = 16;
const PLACE_BYTES = PLACE_PAGES * PAGE_SIZE;
const FIRST_PAGE = 256;
const VERIFY_PAGE = 16;
const UNKNOWN = -1;

/** One read or write. Offsets and lengths are in sectors. */
export interface RandomStep {
  readonly slot: number;
  readonly write: boolean;
  readonly asynchronous: boolean;
  readonly sectors: number;
  readonly place: number;
  readonly memory: number;
  /** The first range of memory ends here, a second one begins; 0 for a single range. */
  readonly cut: number;
}

/** A machine, what is wrong with it, and what is done with it. */
export interface RandomStory {
  readonly seed: number;
  readonly frames: number;
  readonly scattered: boolean;
  readonly badSectors: readonly number[];
  /** Pages missing from the slots' memory. */
  readonly holes: readonly number[];
  /** In microseconds; null for a process that lives. */
  readonly killAt: number | null;
  readonly steps: readonly RandomStep[];
}

interface Slot {
  readonly file: File;
  /** Where in the file the slot's place begins. */
  readonly base: number;
  readonly memory: number;
  readonly shadow: Int16Array;
}

interface Running {
  readonly step: RandomStep;
  readonly slot: Slot;
  /** What the memory holds when a write begins. */
  readonly source: Uint8Array;
}

interface Play {
  readonly machine: Machine;
  readonly slots: readonly Slot[];
  readonly ctx: Kioctx;
  readonly inFlight: Map<number, Running>;
  readonly mismatches: string[];
}

/** playRandomStory() - what went differently than it should have: bytes that are wrong, references without owner */
export function playRandomStory(story: RandomStory) {
  const play = openPlay(story);
  for (const [id, step] of story.steps.entries()) {
    if (isBusy(play, step.slot)) collect(play, play.inFlight.size);
    run(play, id, step);
  }
  collect(play, play.inFlight.size);
  settle();
  const balanced = imbalances(play.machine);
  verifyPlaces(play);
  return { mismatches: play.mismatches, imbalances: balanced, imbalancesAfterVerifying: imbalances(play.machine) };
}

function openPlay(story: RandomStory): Play {
  const machine = boot({ frames: story.frames, sectors: 2048, seed: story.seed });
  filledBuffer(machine, VERIFY_PAGE, PLACE_PAGES, 1);
  const count = story.scattered ? everyOther(60) : Array.from({ length: 120 }, (_, k) => k);
  const blocks = count.map((block) => 128 + block);
  const slots = Array.from({ length: SLOTS }, (_, k) => openSlot(machine, k, blocks));
  for (const sector of story.badSectors) machine.disk.controller.failingSectors.add(sector);
  for (const hole of story.holes) punch(machine, FIRST_PAGE + hole);
  if (story.killAt !== null) after(story.killAt, () => force_sig(machine.task));
  return { machine, slots, ctx: io_setup(), inFlight: new Map(), mismatches: [] };
}

// Slots in turn: the device, a file. Every file has a file system's share of the blocks.
function openSlot(machine: Machine, k: number, blocks: readonly number[]): Slot {
  const memory = (FIRST_PAGE + k * (PLACE_PAGES + 2)) * PAGE_SIZE;
  for (let page = 0; page <= PLACE_PAGES; page++) mapBuffer(machine, memory / PAGE_SIZE + page, 1, READ_WRITE);
  const shadow = new Int16Array(PLACE_BYTES);
  if (k % 2 === 0) return { file: machine.file, base: k * PLACE_BYTES, memory, shadow };

  const share = blocks.filter((_, index) => Math.floor((index * SLOTS) / blocks.length) === k);
  return { file: createFile(machine, 12, share), base: 0, memory, shadow };
}

function punch(machine: Machine, pageNumber: number): void {
  const vma = find_vma(machine.task.mm, pageNumber * PAGE_SIZE);
  if (vma !== null) remove_vma(vma);
}

function isBusy(play: Play, slot: number): boolean {
  return [...play.inFlight.values()].some(({ step }) => step.slot === slot);
}

function run(play: Play, id: number, step: RandomStep): void {
  const slot = play.slots[step.slot];
  if (slot === undefined) return;

  const running: Running = { step, slot, source: prepareMemory(play.machine, step, slot) };
  if (step.asynchronous) {
    play.inFlight.set(id, running);
    io_submit(play.ctx, request(id, step, slot));
    return;
  }
  const call = step.write ? pwritev : preadv;
  judge(play, running, call(slot.file, ranges(step, slot), slot.base + step.place * SECTOR));
}

function request(id: number, step: RandomStep, slot: Slot): Iocb {
  return {
    aio_data: id,
    aio_lio_opcode: step.write ? "IOCB_CMD_PWRITEV" : "IOCB_CMD_PREADV",
    aio_file: slot.file,
    aio_buf: ranges(step, slot),
    aio_offset: slot.base + step.place * SECTOR,
    ki_flags: 0,
  };
}

function collect(play: Play, count: number): void {
  for (const event of io_getevents(play.ctx, count)) finish(play, event);
}

function finish(play: Play, event: IoEvent): void {
  const running = play.inFlight.get(event.data);
  if (running === undefined) return;

  play.inFlight.delete(event.data);
  judge(play, running, event.res);
}

function judge(play: Play, running: Running, result: number): void {
  if (running.step.write) {
    recordWrite(running, result);
  } else {
    checkRead(play, running, result);
  }
}

// A write that failed may have changed any part of what it was meant to change.
function recordWrite({ step, slot, source }: Running, result: number): void {
  const start = step.place * SECTOR;
  if (result < 0) {
    slot.shadow.fill(UNKNOWN, start, start + step.sectors * SECTOR);
    return;
  }
  slot.shadow.set(source.subarray(0, result), start);
}

function checkRead(play: Play, { step, slot }: Running, result: number): void {
  const start = step.place * SECTOR;
  for (const [index, byte] of readMemory(play.machine, slot, step, Math.max(result, 0)).entries()) {
    const expected = slot.shadow[start + index];
    if (expected === UNKNOWN || expected === byte) continue;

    play.mismatches.push(`slot ${step.slot}: read ${byte} at ${start + index}, ${expected} was written`);
    return;
  }
}

function verifyPlaces(play: Play): void {
  play.machine.task.sigkillPending = false;
  play.machine.disk.controller.failingSectors.clear();
  for (const [k, slot] of play.slots.entries()) {
    const memory = { ...slot, memory: VERIFY_PAGE * PAGE_SIZE };
    const result = pread64(slot.file, memory.memory, PLACE_BYTES, slot.base);
    const step = { slot: k, write: false, asynchronous: false, sectors: 0, place: 0, memory: 0, cut: 0 };
    checkRead(play, { step, slot: memory, source: new Uint8Array(0) }, result);
  }
}

function ranges(step: RandomStep, slot: Slot): readonly Iovec[] {
  const iov_base = slot.memory + step.memory * SECTOR;
  const iov_len = step.sectors * SECTOR;
  const cut = Math.min(step.cut, step.sectors) * SECTOR;
  return [
    { iov_base, iov_len: cut },
    { iov_base: iov_base + cut, iov_len: iov_len - cut },
  ];
}

// Before a write the process fills what it can: not the holes, and no more when frames run out.
function prepareMemory(machine: Machine, step: RandomStep, slot: Slot): Uint8Array {
  const source = new Uint8Array(step.write ? step.sectors * SECTOR : 0);
  const fill = pattern(step.place * 3 + step.sectors * 5 + step.memory + 1, source.length);
  for (let done = 0; done < source.length; done += SECTOR) {
    const address = slot.memory + step.memory * SECTOR + done;
    if (find_vma(machine.task.mm, address) === null) continue;
    if (nr_free_pages() > 0) userStore(machine.task.mm, address, fill.subarray(done, done + SECTOR));
    source.set(userLoad(machine.task.mm, address, SECTOR), done);
  }
  return source;
}

function readMemory(machine: Machine, slot: Slot, step: RandomStep, length: number): Uint8Array {
  return userLoad(machine.task.mm, slot.memory + step.memory * SECTOR, length);
}
