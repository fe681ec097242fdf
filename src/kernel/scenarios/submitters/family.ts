/** A process with children: copy on write, with pages that are pinned for IO while the family forks and writes. */

import { userCanLoad, userCanStore, userLoad, userStore } from "../../arch/x86/fault.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { do_exit, fork } from "../../kernel/fork.ts";
import { ptrace_access_vm } from "../../kernel/ptrace.ts";
import type { TaskStruct } from "../../kernel/sched/core.ts";
import { mm_populate } from "../../mm/gup.ts";
import { find_vma, mmap_region, vm_munmap } from "../../mm/mmap.ts";
import { type Machine, mapBuffer, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import {
  checkLanding,
  collectAllReads,
  collectReads,
  disturbReads,
  openPageReads,
  type PageReads,
  startRead,
  startWrite,
} from "./page-reads.ts";

const STAMP_BYTES = 64;
const MOST_CHILDREN = 3;
const MOST_IN_FLIGHT = 6;

interface Kin {
  readonly task: TaskStruct;
  /** What stands at the beginning of a page; zero where nothing was written. */
  readonly stamps: Map<number, number>;
}

interface Family {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly reads: PageReads;
  /** The first is the parent. */
  readonly kin: Kin[];
}

/** openFamily() - a parent and no child yet */
export const openFamily: OpenSubmitter = (machine, lot) => {
  mapBuffer(machine, lot.pageNumber, lot.pages, READ_WRITE);
  const parent: Kin = { task: machine.task, stamps: new Map() };
  const family: Family = { machine, lot, reads: openPageReads(machine, lot), kin: [parent] };
  return { name: "family", step: (dice) => randomMove(family, parent, dice), close: () => close(family) };
};

function randomMove(family: Family, parent: Kin, dice: number): readonly string[] {
  const move = dice % 12;
  const rest = Math.floor(dice / 12);
  const page = family.lot.pageNumber + (rest % family.lot.pages);
  const someone = family.kin[Math.floor(rest / 64) % family.kin.length] ?? parent;
  const stamp = 1 + (Math.floor(rest / 1024) % 255);
  switch (move) {
    case 0:
      return bear(family, parent);
    case 1:
      return bury(family);
    case 2:
      return remap(family, parent, page);
    case 3:
      return trace(family, page, stamp);
    case 4:
      return populate(parent, page);
    case 5:
    case 6:
      return transfer(family, page, rest);
    case 7:
      return collectReads(family.reads, 1);
    case 8:
    case 9:
      return [
        ...check(someone, page),
        ...(someone === parent ? checkLanding(family.reads, page, page * PAGE_SIZE) : []),
      ];
    default:
      return store(someone, page, stamp);
  }
}

// Linux 4.19 does not copy pinned pages for the child, so who writes first leaves the IO to the other: a known defect.
function bear({ machine, lot, reads, kin }: Family, parent: Kin): readonly string[] {
  if (kin.length > MOST_CHILDREN) return [];

  disturbReads(reads, lot.pageNumber, lot.pageNumber + lot.pages);
  const task = fork(parent.task);
  machine.tasks.push(task);
  kin.push({ task, stamps: new Map(parent.stamps) });
  return [];
}

function bury({ kin }: Family): readonly string[] {
  const child = kin.length > 1 ? kin.pop() : undefined;
  if (child !== undefined) do_exit(child.task);
  return [];
}

// What is mapped is unmapped, what is not mapped becomes memory that was never written.
function remap({ reads }: Family, parent: Kin, page: number): readonly string[] {
  const { mm } = parent.task;
  const start = page * PAGE_SIZE;
  disturbReads(reads, page, page + 1);
  parent.stamps.delete(page);
  if (find_vma(mm, start) === null) mmap_region(mm, start, PAGE_SIZE, READ_WRITE, null);
  else vm_munmap(mm, start, PAGE_SIZE);
  return [];
}

function trace({ kin }: Family, page: number, stamp: number): readonly string[] {
  const child = kin.at(-1);
  if (child === undefined || kin.length === 1) return [];

  const written = ptrace_access_vm(child.task, page * PAGE_SIZE, stampBytes(stamp));
  if (written === STAMP_BYTES) child.stamps.set(page, stamp);
  return [];
}

function populate({ task }: Kin, page: number): readonly string[] {
  const vma = find_vma(task.mm, page * PAGE_SIZE);
  if (vma !== null) mm_populate(vma);
  return [];
}

function transfer({ reads }: Family, page: number, dice: number): readonly string[] {
  const complaints = reads.ctx.reqs_active < MOST_IN_FLIGHT ? [] : collectReads(reads, 1);
  if (dice % 4 === 0) startWrite(reads, page * PAGE_SIZE, dice);
  else startRead(reads, page, page * PAGE_SIZE, dice);
  return complaints;
}

function check({ task, stamps }: Kin, page: number): readonly string[] {
  const start = page * PAGE_SIZE;
  if (!userCanLoad(task.mm, start, STAMP_BYTES)) return [];

  const expected = stamps.get(page) ?? 0;
  const found = userLoad(task.mm, start, STAMP_BYTES).find((byte) => byte !== expected);
  return found === undefined ? [] : [`task ${task.pid} finds ${found} in page ${page}, where ${expected} stood`];
}

function store({ task, stamps }: Kin, page: number, stamp: number): readonly string[] {
  const start = page * PAGE_SIZE;
  if (!userCanStore(task.mm, start, STAMP_BYTES)) return [];

  userStore(task.mm, start, stampBytes(stamp));
  stamps.set(page, stamp);
  return [];
}

function close(family: Family): readonly string[] {
  const complaints = collectAllReads(family.reads);
  while (family.kin.length > 1) bury(family);
  return complaints;
}

function stampBytes(stamp: number): Uint8Array {
  return new Uint8Array(STAMP_BYTES).fill(stamp);
}
