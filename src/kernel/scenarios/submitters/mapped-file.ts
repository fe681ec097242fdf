/** A file in memory, mapped twice, that grows, shrinks and is written back while its pages are pinned for IO. */

import { userCanLoad, userCanStore, userLoad, userStore } from "../../arch/x86/fault.ts";
import { do_writepages } from "../../fs/fs-writeback.ts";
import { PAGE_SIZE, VM_SHARED } from "../../include/linux/mm.ts";
import type { AddressSpace } from "../../include/linux/mm_types.ts";
import { find_vma, mmap_region } from "../../mm/mmap.ts";
import { truncate_setsize } from "../../mm/truncate.ts";
import { type Machine, mapFile, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import {
  collectAllReads,
  collectReads,
  disturbReads,
  openPageReads,
  type PageReads,
  startRead,
  startWrite,
} from "./page-reads.ts";

const STAMP_BYTES = 64;
const MOST_IN_FLIGHT = 6;

interface MappedFile {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly mapping: AddressSpace;
  readonly reads: PageReads;
  /** Of each mapping; the second one follows the first. */
  readonly pages: number;
  /** What stands at the beginning of a page of the file; zero where nothing was written. */
  readonly stamps: Map<number, number>;
}

/** openMappedFile() - a file of half as many pages as the lot has */
export const openMappedFile: OpenSubmitter = (machine, lot) => {
  const pages = Math.floor(lot.pages / 2);
  const mapping = mapFile(machine, lot.pageNumber, pages);
  const { mm } = machine.task;
  mmap_region(mm, (lot.pageNumber + pages) * PAGE_SIZE, pages * PAGE_SIZE, READ_WRITE | VM_SHARED, mapping);
  const file: MappedFile = { machine, lot, mapping, reads: openPageReads(machine, lot), pages, stamps: new Map() };
  return {
    name: "mapped file",
    step: (dice) => randomMove(file, dice),
    close: () => collectAllReads(file.reads),
  };
};

function randomMove(file: MappedFile, dice: number): readonly string[] {
  const move = dice % 12;
  const rest = Math.floor(dice / 12);
  const page = file.lot.pageNumber + (rest % (2 * file.pages));
  switch (move) {
    case 0:
      return resize(file, Math.floor(rest / 64) % (file.pages + 1));
    case 1:
      do_writepages(file.mapping);
      return [];
    case 2:
      return mendHole(file, page);
    case 3:
    case 4:
    case 5:
      return transfer(file, page, rest);
    case 6:
      return collectReads(file.reads, 1);
    case 7:
    case 8:
      return check(file, page);
    default:
      return store(file, page, 1 + (Math.floor(rest / 64) % 255));
  }
}

// What is cut off is forgotten, whoever has pinned it; if the file grows again, it is zero there.
function resize({ mapping, reads, pages, stamps }: MappedFile, newsize: number): readonly string[] {
  for (const index of [...stamps.keys()]) if (index >= newsize) stamps.delete(index);
  disturbReads(reads, newsize, pages);
  truncate_setsize(mapping, newsize);
  return [];
}

function mendHole(file: MappedFile, page: number): readonly string[] {
  const { mm } = file.machine.task;
  const start = page * PAGE_SIZE;
  if (find_vma(mm, start) !== null) return [];

  const vma = mmap_region(mm, start, PAGE_SIZE, READ_WRITE | VM_SHARED, file.mapping);
  vma.vm_pgoff = indexOf(file, page);
  return [];
}

function transfer(file: MappedFile, page: number, dice: number): readonly string[] {
  const { reads } = file;
  const complaints = reads.ctx.reqs_active < MOST_IN_FLIGHT ? [] : collectReads(reads, 1);
  if (dice % 4 === 0) startWrite(reads, page * PAGE_SIZE, dice);
  else startRead(reads, indexOf(file, page), page * PAGE_SIZE, dice);
  return complaints;
}

function check(file: MappedFile, page: number): readonly string[] {
  const { mm } = file.machine.task;
  const start = page * PAGE_SIZE;
  if (!userCanLoad(mm, start, STAMP_BYTES)) return [];

  const index = indexOf(file, page);
  const expected = file.stamps.get(index) ?? 0;
  const found = userLoad(mm, start, STAMP_BYTES).find((byte) => byte !== expected);
  return found === undefined ? [] : [`page ${index} of the file has ${found} where ${expected} was written`];
}

function store(file: MappedFile, page: number, stamp: number): readonly string[] {
  const { mm } = file.machine.task;
  const start = page * PAGE_SIZE;
  if (!userCanStore(mm, start, STAMP_BYTES)) return [];

  userStore(mm, start, new Uint8Array(STAMP_BYTES).fill(stamp));
  file.stamps.set(indexOf(file, page), stamp);
  return [];
}

function indexOf({ lot, pages }: MappedFile, page: number): number {
  return (page - lot.pageNumber) % pages;
}
