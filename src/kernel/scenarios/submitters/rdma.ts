/** Path 4 among others: a process registers memory, and the other end of the cable reads and writes it at any time. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import {
  ib_uverbs_close,
  ib_uverbs_dereg_mr,
  ib_uverbs_event_read,
  ib_uverbs_reg_mr,
} from "../../drivers/infiniband/core/uverbs.ts";
import { IBV_WC_SUCCESS, peerRead, peerWrite, postSend } from "../../hardware/rdma-nic.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { firstDifference, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import { EVERYTHING, openRdma, type RdmaMachine } from "../rdma.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

const SLOT_PAGES = 4;

interface Region {
  readonly lkey: number;
  readonly start: number;
  /** What the region holds, as long as nobody lied. */
  readonly shadow: Uint8Array;
}

/** Some pages that are registered together. */
interface Slot {
  readonly index: number;
  readonly pageNumber: number;
  region: Region | null;
  /** Accesses by the other end that are under way. */
  pending: number;
  /** What is registered is still what the process sees. */
  intact: boolean;
}

interface Play {
  readonly host: RdmaMachine;
  readonly slots: readonly Slot[];
  readonly complaints: string[];
  waiting: boolean;
}

/** openRdmaSubmitter() - an adapter of its own, nothing registered yet */
export const openRdmaSubmitter: OpenSubmitter = (machine, lot) => {
  const play: Play = { host: openRdma(machine), slots: openSlots(lot), complaints: [], waiting: false };
  return {
    name: "rdma",
    step: (dice) => {
      context_switch(machine.task);
      move(play, dice);
      return play.complaints.splice(0);
    },
    close: () => {
      ib_uverbs_close(play.host.file);
      return play.complaints.splice(0);
    },
  };
};

function openSlots({ pageNumber, pages }: Lot): readonly Slot[] {
  return Array.from({ length: Math.floor(pages / SLOT_PAGES) }, (_, index) => ({
    index,
    pageNumber: pageNumber + index * SLOT_PAGES,
    region: null,
    pending: 0,
    intact: true,
  }));
}

function move(play: Play, dice: number): void {
  const slot = play.slots[Math.floor(dice / 8) % play.slots.length];
  if (slot === undefined) return;

  const alive = play.host.machine.task.mm.mm_users > 0;
  const rest = Math.floor(dice / 64);
  const { region } = slot;
  if (region === null) {
    if (alive) prepare(play, slot, dice % 8, rest);
    return;
  }
  if (dice % 8 === 0 && alive) togglePage(play, slot, rest);
  else if (dice % 8 === 1) deregister(play, slot, region, alive);
  else if (dice % 8 === 2 && alive) fetch(play, slot, region);
  else if (dice % 2 === 0) store(play, slot, region, rest);
  else load(play, slot, region);
}

function prepare(play: Play, slot: Slot, kind: number, dice: number): void {
  if (kind < 3) togglePage(play, slot, dice);
  else if (kind < 5) copy_to_user(slot.pageNumber * PAGE_SIZE, pattern(dice % 251, SLOT_PAGES * PAGE_SIZE));
  else register(play, slot, dice);
}

function togglePage({ host }: Play, slot: Slot, dice: number): void {
  const page = slot.pageNumber + (dice % SLOT_PAGES);
  const vma = find_vma(host.machine.task.mm, page * PAGE_SIZE);
  if (vma === null) mapBuffer(host.machine, page, 1, READ_WRITE);
  else remove_vma(vma);
  slot.intact = false;
}

function register({ host, complaints }: Play, slot: Slot, dice: number): void {
  const start = slot.pageNumber * PAGE_SIZE + (dice % PAGE_SIZE);
  const length = 1 + (Math.floor(dice / 64) % (SLOT_PAGES * PAGE_SIZE - (dice % PAGE_SIZE)));
  const lkey = ib_uverbs_reg_mr(host.file, start, length, EVERYTHING);
  if (lkey < 0) return;

  const shadow = new Uint8Array(length);
  if (copy_from_user(shadow, start) > 0) complaints.push(`rdma: slot ${slot.index} was registered and cannot be read`);
  slot.region = { lkey, start, shadow };
  slot.intact = true;
}

function deregister(play: Play, slot: Slot, region: Region, alive: boolean): void {
  slot.region = null;
  ib_uverbs_dereg_mr(play.host.file, region.lkey);
  if (!alive || !slot.intact) return;

  const bytes = new Uint8Array(region.shadow.length);
  if (copy_from_user(bytes, region.start) === 0) compare(play, slot, region, bytes);
}

// The process fetches from the other end and waits; nothing else may touch the region meanwhile.
function fetch(play: Play, slot: Slot, region: Region): void {
  if (slot.pending > 0 || play.waiting) return;

  const { nic, file } = play.host;
  const { length } = region.shadow;
  const remote_addr = peerPlace(slot);
  nic.peerMemory.set(pattern(region.lkey, length), remote_addr);
  slot.pending++;
  play.waiting = true;
  postSend(nic, file.cq, { wr_id: slot.index, opcode: "IBV_WR_RDMA_READ", ...keyed(region), length, remote_addr });
  ib_uverbs_event_read(file, 1);
  play.waiting = false;
  slot.pending--;
  if (file.cq.entries.splice(0)[0]?.status === IBV_WC_SUCCESS) region.shadow.set(pattern(region.lkey, length));
  else if (slot.region === region) play.complaints.push(`rdma: slot ${slot.index} could not be filled`);
}

function store(play: Play, slot: Slot, region: Region, dice: number): void {
  if (play.waiting) return;

  const offset = dice % region.shadow.length;
  const bytes = pattern(dice % 251, 1 + (Math.floor(dice / 7) % (region.shadow.length - offset)));
  slot.pending++;
  peerWrite(play.host.nic, region.lkey, region.start + offset, bytes, (status) => {
    slot.pending--;
    if (status === IBV_WC_SUCCESS) region.shadow.set(bytes, offset);
    judge(play, slot, region, status);
  });
}

function load(play: Play, slot: Slot, region: Region): void {
  if (play.waiting) return;

  const { nic } = play.host;
  const { length } = region.shadow;
  const remote_addr = peerPlace(slot);
  slot.pending++;
  peerRead(nic, region.lkey, { addr: region.start, length, remote_addr }, (status) => {
    slot.pending--;
    const bytes = nic.peerMemory.slice(remote_addr, remote_addr + length);
    if (status === IBV_WC_SUCCESS) compare(play, slot, region, bytes);
    judge(play, slot, region, status);
  });
}

// An access is refused when its region has ended meanwhile, and only then.
function judge(play: Play, slot: Slot, region: Region, status: number): void {
  const ended = slot.region !== region || !play.host.file.mrs.has(region.lkey);
  if ((status === IBV_WC_SUCCESS) === ended) play.complaints.push(`rdma: slot ${slot.index} answered ${status}`);
}

function compare(play: Play, slot: Slot, region: Region, bytes: Uint8Array): void {
  const difference = firstDifference(bytes, region.shadow);
  if (difference !== null) play.complaints.push(`rdma: slot ${slot.index} differs at ${difference}`);
}

function keyed({ lkey, start }: Region): { readonly lkey: number; readonly addr: number } {
  return { lkey, addr: start };
}

function peerPlace(slot: Slot): number {
  return slot.index * SLOT_PAGES * PAGE_SIZE;
}
