/** Single sectors that are read straight into pages while these are forked, unmapped, truncated or written back. */

import { userCanLoad, userLoad } from "../../arch/x86/fault.ts";
import { type Iocb, io_getevents, io_setup, io_submit, type Kioctx } from "../../fs/aio.ts";
import { now } from "../../hardware/clock.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { firstDifference, type Machine, pattern } from "../machine.ts";
import type { Lot } from "../submitter.ts";

const SECTOR = 512;
const READ_AT = PAGE_SIZE - SECTOR;

interface PageRead {
  readonly address: number;
  /** The caller's name for the page: it may be mapped at several addresses. */
  readonly page: number;
  readonly sector: number;
  /** The page may be another one by now, so nothing is known of its bytes. */
  disturbed: boolean;
}

interface Landing {
  readonly sector: number;
  readonly at: number;
}

/** What is in flight, and from where to where. */
export interface PageReads {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly ctx: Kioctx;
  readonly inFlight: Map<number, PageRead>;
  /** By page: what has arrived and must stay. */
  readonly landed: Map<number, Landing>;
  lastId: number;
}

/** openPageReads() - nothing in flight; the lot's sectors hold a pattern */
export function openPageReads(machine: Machine, lot: Lot): PageReads {
  const { medium } = machine.disk.controller;
  for (let k = 0; k < lot.sectors; k++) medium.set(sectorPattern(lot.sector + k), (lot.sector + k) * SECTOR);
  return { machine, lot, ctx: io_setup(), inFlight: new Map(), landed: new Map(), lastId: 0 };
}

/** startRead() - read a sector into the end of @page, which is mapped at @address, unless one is on its way there */
export function startRead(reads: PageReads, page: number, address: number, dice: number): void {
  if ([...reads.inFlight.values()].some((read) => read.page === page)) return;

  const sector = reads.lot.sector + (dice % (reads.lot.sectors / 2));
  const id = submit(reads, "IOCB_CMD_PREADV", address + READ_AT, sector);
  reads.landed.delete(page);
  reads.inFlight.set(id, { address, page, sector, disturbed: false });
}

/** startWrite() - write the first bytes of the page at @address into the half of the lot that is not read */
export function startWrite(reads: PageReads, address: number, dice: number): void {
  submit(
    reads,
    "IOCB_CMD_PWRITEV",
    address,
    reads.lot.sector + reads.lot.sectors / 2 + (dice % (reads.lot.sectors / 2)),
  );
}

/** disturbReads() - the pages of these names, @to excluded, may be others from now on */
export function disturbReads(reads: PageReads, from: number, to: number): void {
  for (const read of reads.inFlight.values()) if (from <= read.page && read.page < to) read.disturbed = true;
  for (const page of [...reads.landed.keys()]) if (from <= page && page < to) reads.landed.delete(page);
}

/** forgetLandingsSince() - what has arrived since then may be lost: its pages are not dirty yet */
export function forgetLandingsSince(reads: PageReads, time: number): void {
  for (const [page, { at }] of [...reads.landed]) if (at >= time) reads.landed.delete(page);
}

/** checkLanding() - complain if what has arrived in @page, which is mapped at @address, is there no more */
export function checkLanding({ machine, landed }: PageReads, page: number, address: number): readonly string[] {
  const landing = landed.get(page);
  return landing === undefined ? [] : compare(machine, address, landing.sector);
}

/** collectReads() - wait for @count outcomes, and complain of bytes that did not arrive */
export function collectReads(reads: PageReads, count: number): readonly string[] {
  return io_getevents(reads.ctx, count).flatMap(({ data, res }) => {
    const read = reads.inFlight.get(data);
    reads.inFlight.delete(data);
    return read === undefined || read.disturbed || res < SECTOR ? [] : checkRead(reads, read);
  });
}

/** collectAllReads() - wait for everything that is in flight */
export function collectAllReads(reads: PageReads): readonly string[] {
  return collectReads(reads, reads.ctx.reqs_active + reads.ctx.ring.length);
}

function checkRead(reads: PageReads, { address, page, sector }: PageRead): readonly string[] {
  reads.landed.set(page, { sector, at: now() });
  return compare(reads.machine, address, sector);
}

function compare({ task }: Machine, address: number, sector: number): readonly string[] {
  if (!userCanLoad(task.mm, address + READ_AT, SECTOR)) return [];

  const difference = firstDifference(userLoad(task.mm, address + READ_AT, SECTOR), sectorPattern(sector));
  return difference === null ? [] : [`byte ${difference} of sector ${sector} is not in the page at ${address}`];
}

function submit(reads: PageReads, aio_lio_opcode: Iocb["aio_lio_opcode"], iov_base: number, sector: number): number {
  reads.lastId++;
  io_submit(reads.ctx, {
    aio_data: reads.lastId,
    aio_lio_opcode,
    aio_file: reads.machine.file,
    aio_buf: [{ iov_base, iov_len: SECTOR }],
    aio_offset: sector * SECTOR,
    ki_flags: 0,
  });
  return reads.lastId;
}

function sectorPattern(sector: number): Uint8Array {
  return pattern(sector % 251, SECTOR);
}
