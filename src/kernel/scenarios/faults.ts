/** What goes wrong in a random interleaving, and how it is brought about. */

import { nvme_remove } from "../drivers/nvme/host/pci.ts";
import { do_writepages } from "../fs/fs-writeback.ts";
import { after } from "../hardware/clock.ts";
import { pullOut } from "../hardware/nvme-controller.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { fail_dma_map } from "../kernel/dma/direct.ts";
import { clone_thread, do_exit } from "../kernel/fork.ts";
import { enqueue_task, force_sig, type TaskStruct } from "../kernel/sched/core.ts";
import { INIT_WORK, schedule_work } from "../kernel/workqueue.ts";
import type { FaultAttr } from "../lib/fault-inject.ts";
import { vm_munmap } from "../mm/mmap.ts";
import { alloc_page, fail_page_alloc } from "../mm/page_alloc.ts";
import { put_page } from "../mm/swap.ts";
import { shrink_mapping } from "../mm/vmscan.ts";
import type { Machine } from "./machine.ts";
import type { Lot } from "./submitter.ts";

const HOT_PLUG_LATENCY = 5;

/** A fault and its time in microseconds. `actor` is a place in the list of those who take part. */
export type Fault =
  /** Memory that a process unmaps while others use it: EFAULT, partial pins. Pages of the actor's lot. */
  | {
      readonly kind: "hole";
      readonly at: number;
      readonly actor: number;
      readonly page: number;
      readonly pages: number;
    }
  /** The allocation after @space others fails, @times times: ENOMEM in the middle. */
  | { readonly kind: "failing allocation"; readonly at: number; readonly space: number; readonly times: number }
  /** The same for addresses that a device other than the disk is given. */
  | { readonly kind: "failing mapping"; readonly at: number; readonly space: number; readonly times: number }
  /** All frames are gone for a while. */
  | { readonly kind: "no frames"; readonly at: number; readonly duration: number }
  /** A sector of the actor's lot that can be neither read nor written: failed IO, and IO that is done in part. */
  | { readonly kind: "bad sector"; readonly at: number; readonly actor: number; readonly sector: number }
  /** SIGKILL for the actor's process: pinning stops, then the process is gone with its IO in flight. */
  | { readonly kind: "kill"; readonly at: number; readonly actor: number }
  /** The disk is pulled out. */
  | { readonly kind: "removal"; readonly at: number }
  /** Not a fault but what makes pins dangerous: all files are written back, pinned pages or not. */
  | { readonly kind: "sync"; readonly at: number }
  /** Memory is short: clean pages of files lose their buffers, pinned pages or not. */
  | { readonly kind: "reclaim"; readonly at: number };

/** Whom a fault can hit. */
export interface Victim {
  readonly task: TaskStruct;
  readonly lot: Lot;
}

/** strike() - bring a fault about, now */
export function strike(machine: Machine, victims: readonly Victim[], fault: Fault): void {
  switch (fault.kind) {
    case "hole":
      punchHole(victimOf(victims, fault.actor), fault.page, fault.pages);
      break;
    case "failing allocation":
      failFrom(fail_page_alloc, fault.space, fault.times);
      break;
    case "failing mapping":
      failFrom(fail_dma_map, fault.space, fault.times);
      break;
    case "no frames":
      takeAllFrames(machine, fault.duration);
      break;
    case "bad sector":
      spoilSector(machine, victimOf(victims, fault.actor), fault.sector);
      break;
    case "kill":
      killProcess(victims, victimOf(victims, fault.actor));
      break;
    case "removal":
      removeDisk(machine);
      break;
    case "sync":
      schedule_work(INIT_WORK(() => syncFiles(machine), null));
      break;
    case "reclaim":
      schedule_work(INIT_WORK(() => reclaimBuffers(machine), null));
      break;
  }
}

/**
 * removeDisk() - pull the disk out; the driver hears of it from the hot-plug controller a moment later
 *
 * The driver takes no lock that anybody sleeps with, on the contrary: sleepers wait for what it cancels. So it does not
 * wait for locks, as work items do.
 */
export function removeDisk({ disk }: Machine): void {
  if (!disk.controller.present) return;

  pullOut(disk.controller);
  after(HOT_PLUG_LATENCY, () => nvme_remove(disk.bdev.bd_disk));
}

function victimOf(victims: readonly Victim[], actor: number): Victim | undefined {
  return victims[actor % victims.length];
}

// By a thread of the process, since unmapping is a system call. It lives no longer than that.
function punchHole(victim: Victim | undefined, page: number, pages: number): void {
  if (victim === undefined || victim.task.mm.mm_users === 0) return;

  const { task, lot } = victim;
  const thread = clone_thread(task);
  enqueue_task(thread, () => {
    vm_munmap(task.mm, (lot.pageNumber + (page % lot.pages)) * PAGE_SIZE, pages * PAGE_SIZE);
    do_exit(thread);
  });
}

function failFrom(attr: FaultAttr, space: number, times: number): void {
  attr.space = space;
  attr.times = times;
}

function takeAllFrames(machine: Machine, duration: number): void {
  const taken: Page[] = [];
  for (let page = alloc_page(); page !== null; page = alloc_page()) taken.push(page);
  machine.holders.push(() => taken.map(({ pfn }) => pfn));
  after(duration, () => {
    for (const page of taken.splice(0)) put_page(page);
  });
}

function spoilSector(machine: Machine, victim: Victim | undefined, sector: number): void {
  if (victim === undefined) return;
  machine.disk.controller.failingSectors.add(victim.lot.sector + (sector % victim.lot.sectors));
}

function killProcess(victims: readonly Victim[], victim: Victim | undefined): void {
  for (const { task } of victims) if (task.mm === victim?.task.mm) force_sig(task);
}

function syncFiles(machine: Machine): void {
  for (const mapping of machine.mappings) do_writepages(mapping);
}

function reclaimBuffers(machine: Machine): void {
  for (const mapping of machine.mappings) shrink_mapping(mapping);
}
