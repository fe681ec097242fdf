/** Files, in memory and on disk, mapped twice, that grow, shrink and are written back while their pages are under IO. */

import { userCanLoad, userCanStore, userLoad, userStore } from "../../arch/x86/fault.ts";
import { ext2_fsync } from "../../fs/ext2/buffered.ts";
import { ext2_setsize } from "../../fs/ext2/inode.ts";
import { do_writepages } from "../../fs/fs-writeback.ts";
import { now } from "../../hardware/clock.ts";
import { PAGE_SIZE, VM_SHARED } from "../../include/linux/mm.ts";
import type { AddressSpace } from "../../include/linux/mm_types.ts";
import { unmap_mapping_range } from "../../mm/memory.ts";
import { find_vma, mmap_region } from "../../mm/mmap.ts";
import { truncate_inode_pages, truncate_setsize } from "../../mm/truncate.ts";
import { createBufferedFile, type Machine, mapFile, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter, Submitter } from "../submitter.ts";
import {
  checkLanding,
  collectAllReads,
  collectReads,
  disturbReads,
  forgetLandingsSince,
  openPageReads,
  type PageReads,
  startRead,
  startWrite,
} from "./page-reads.ts";

const SECTORS_PER_PAGE = 8;
const UNKNOWN = -1;
const DIRTY_WORK_LATENCY = 1000;
const STAMP_BYTES = 64;
const MOST_IN_FLIGHT = 6;

interface MappedFile {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly mapping: AddressSpace;
  readonly resize: (size: number) => void;
  readonly fsync: (() => number) | null;
  readonly reads: PageReads;
  /** Of each mapping; the second one follows the first. */
  readonly pages: number;
  /** What stands at the beginning of a page of the file; zero where nothing was written. */
  readonly stamps: Map<number, number>;
}

/** openMappedFile() - a file in memory of half as many pages as the lot has */
export const openMappedFile: OpenSubmitter = (machine, lot) => {
  const pages = Math.floor(lot.pages / 2);
  const mapping = mapFile(machine, lot.pageNumber, pages);
  const resize = (size: number) => truncate_setsize(mapping, size);
  return mappedFile(machine, lot, { name: "mapped file", mapping, resize, fsync: null });
};

/** openMappedDiskFile() - the same for a file of ext2, whose blocks fill the second half of the lot */
export const openMappedDiskFile: OpenSubmitter = (machine, lot) => {
  const pages = Math.floor(lot.pages / 2);
  const sectors = lot.sectors / 2;
  const firstBlock = (lot.sector + sectors) / SECTORS_PER_PAGE;
  const blocks = Array.from({ length: sectors / SECTORS_PER_PAGE }, (_, k) => firstBlock + k);
  const { f_inode } = createBufferedFile(machine, 12, blocks);
  const resize = (size: number) => ext2_setsize(f_inode, size * PAGE_SIZE);
  resize(pages);
  const { mm } = machine.task;
  mmap_region(mm, lot.pageNumber * PAGE_SIZE, pages * PAGE_SIZE, READ_WRITE | VM_SHARED, f_inode.i_mapping);
  const fsync = () => ext2_fsync(f_inode);
  return mappedFile(
    machine,
    { ...lot, sectors },
    { name: "mapped disk file", mapping: f_inode.i_mapping, resize, fsync },
  );
};

interface Kind {
  readonly name: string;
  readonly mapping: AddressSpace;
  readonly resize: (size: number) => void;
  /** null where the cache is the storage. */
  readonly fsync: (() => number) | null;
}

function mappedFile(machine: Machine, lot: Lot, { name, mapping, resize, fsync }: Kind): Submitter {
  const pages = Math.floor(lot.pages / 2);
  const start = (lot.pageNumber + pages) * PAGE_SIZE;
  mmap_region(machine.task.mm, start, pages * PAGE_SIZE, READ_WRITE | VM_SHARED, mapping);
  const reads = openPageReads(machine, lot);
  const file: MappedFile = { machine, lot, mapping, resize, fsync, reads, pages, stamps: new Map() };
  return { name, step: (dice) => randomMove(file, dice), close: () => close(file) };
}

function close(file: MappedFile): readonly string[] {
  const complaints = collectAllReads(file.reads);
  file.resize(0);
  return complaints;
}

function randomMove(file: MappedFile, dice: number): readonly string[] {
  const move = dice % 12;
  const rest = Math.floor(dice / 12);
  const page = file.lot.pageNumber + (rest % (2 * file.pages));
  switch (move) {
    case 0:
      return resizeTo(file, Math.floor(rest / 64) % (file.pages + 1));
    case 1:
      do_writepages(file.mapping);
      return [];
    case 2:
      return mendHole(file, page);
    case 3:
      return evict(file);
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
function resizeTo({ resize, reads, pages, stamps }: MappedFile, newsize: number): readonly string[] {
  for (const index of [...stamps.keys()]) if (index >= newsize) stamps.delete(index);
  disturbReads(reads, newsize, pages);
  resize(newsize);
  return [];
}

// What was written back comes again from the disk. If that failed, nobody knows what does.
function evict({ mapping, fsync, reads, pages, stamps }: MappedFile): readonly string[] {
  if (fsync === null) return [];

  // A page that was cleaned during a read is dirtied by a work item, after the read was reported.
  const settled = now() - DIRTY_WORK_LATENCY;
  const error = fsync();
  forgetLandingsSince(reads, error === 0 ? settled : 0);
  for (const { page } of reads.inFlight.values()) disturbReads(reads, page, page + 1);
  if (error !== 0) for (let index = 0; index < pages; index++) stamps.set(index, UNKNOWN);
  unmap_mapping_range(mapping, 0);
  truncate_inode_pages(mapping, 0);
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
  const found = userLoad(mm, start, STAMP_BYTES).find((byte) => byte !== expected && expected !== UNKNOWN);
  const stale = found === undefined ? [] : [`page ${index} of the file has ${found} where ${expected} was written`];
  return [...stale, ...checkLanding(file.reads, index, start)];
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
