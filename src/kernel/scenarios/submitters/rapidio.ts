/**
 * A process that transfers to and from another device, waits, forgets, or closes the device file.
 *
 * It never asks for memory of which only a part could be pinned: the driver's mistake with that is told in its own story.
 */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import {
  mport_cdev_release,
  type RioTransferIo,
  rio_mport_read,
  rio_mport_wait_for_async_dma,
  rio_mport_write,
} from "../../drivers/rapidio/devices/rio_mport_cdev.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, vm_munmap } from "../../mm/mmap.ts";
import { firstDifference, type Machine, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import { type PluggedMport, plugMport, userTransfer } from "../rapidio.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

const AREA = 3 * PAGE_SIZE;

interface Station extends PluggedMport {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly cookies: number[];
}

/** openRapidio() - a port of its own */
export const openRapidio: OpenSubmitter = (machine, lot) => {
  const station: Station = { ...plugMport(machine), machine, lot, cookies: [] };
  return {
    name: "rapidio",
    step: (dice) => step(station, dice),
    close: () => {
      mport_cdev_release(station.priv);
      return [];
    },
  };
};

function step(station: Station, dice: number): readonly string[] {
  const { machine, lot, mport, priv } = station;
  if (machine.task.mm.mm_users === 0) return [];

  context_switch(machine.task);
  const page = lot.pageNumber + (Math.floor(dice / 16) % lot.pages);
  const vma = find_vma(machine.task.mm, page * PAGE_SIZE);
  switch (dice % 16) {
    case 0:
      if (vma !== null) vm_munmap(machine.task.mm, page * PAGE_SIZE, PAGE_SIZE);
      return [];
    case 1:
      station.cookies.length = 0;
      mport_cdev_release(priv);
      return [];
    case 2:
      if (dice % 97 === 0) mport.present = false;
      return [];
    case 3:
      for (const cookie of station.cookies.splice(0)) rio_mport_wait_for_async_dma(priv, cookie);
      return [];
    default:
      mapAll(machine, lot);
      return transfer(station, dice);
  }
}

function mapAll(machine: Machine, { pageNumber, pages }: Lot): void {
  for (let page = pageNumber; page < pageNumber + pages; page++) {
    if (find_vma(machine.task.mm, page * PAGE_SIZE) === null) mapBuffer(machine, page, 1, READ_WRITE);
  }
}

// Memory that could be written as a whole is there as a whole, and can be pinned.
function transfer(station: Station, dice: number): readonly string[] {
  const { lot } = station;
  const room = lot.pages * PAGE_SIZE - AREA;
  const length = 1 + (Math.floor(dice / 3) % AREA);
  const xfer = userTransfer(lot.pageNumber * PAGE_SIZE + (Math.floor(dice / 16) % room), length, dice % 5000);
  if (copy_to_user(xfer.loc_addr ?? 0, pattern(dice % 251, length)) > 0) return [];
  if (dice % 16 > 11) return begin(station, xfer, dice);

  const isAlone = station.priv.dmach.pending.size === 0;
  const call = dice % 2 === 0 ? rio_mport_write : rio_mport_read;
  const isDone = call(station.priv, xfer, "RIO_TRANSFER_SYNC") === 0;
  return isDone && isAlone ? compare(station, xfer) : [];
}

// Only writes: a read that is under way would change the memory under a later transfer.
function begin(station: Station, xfer: RioTransferIo, dice: number): readonly string[] {
  if (dice % 16 === 12) {
    rio_mport_write(station.priv, xfer, "RIO_TRANSFER_FAF");
    return [];
  }
  const cookie = rio_mport_write(station.priv, xfer, "RIO_TRANSFER_ASYNC");
  if (cookie > 0) station.cookies.push(cookie);
  return [];
}

function compare({ mport }: Station, { loc_addr, length, rio_addr }: RioTransferIo): readonly string[] {
  const here = new Uint8Array(length);
  if (copy_from_user(here, loc_addr ?? 0) > 0) return [];

  const difference = firstDifference(here, mport.remote.subarray(rio_addr, rio_addr + length));
  return difference === null ? [] : [`rapidio: byte ${difference} of ${length} differs`];
}
