/** Path 9 among others: a process lets its device reach memory, and a mediated device's driver pins some of it too. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { eventfd_read } from "../../drivers/vfio/pci/vfio_pci_intrs.ts";
import {
  vfio_dma_do_map,
  vfio_dma_do_unmap,
  vfio_iommu_type1_pin_pages,
  vfio_iommu_type1_release,
  vfio_iommu_type1_unpin_pages,
} from "../../drivers/vfio/vfio_iommu_type1.ts";
import { physicalBytes } from "../../hardware/memory.ts";
import { startCopy } from "../../hardware/passthrough-device.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { firstDifference, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import { BOTH_WAYS, openVfio, type VfioMachine } from "../passthrough.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

const SLOT_PAGES = 4;
const SLOT_BYTES = SLOT_PAGES * PAGE_SIZE;

/** Some pages that are mapped together. */
interface Slot {
  readonly start: number;
  readonly iova: number;
  /** What the device sees there; null while it sees nothing. */
  shadow: Uint8Array | null;
  /** The device and the process still see the same pages. */
  intact: boolean;
}

interface Play {
  readonly host: VfioMachine;
  readonly slots: readonly Slot[];
  /** How often the mediated device has pinned a page, by the device's address. */
  readonly pins: Map<number, number>;
  waiting: boolean;
}

/** openPassthrough() - a device of its own, nothing mapped yet */
export const openPassthrough: OpenSubmitter = (machine, lot) => {
  const play: Play = { host: openVfio(machine, 24), slots: openSlots(lot), pins: new Map(), waiting: false };
  play.host.iommu.notifier.push((iova, size) => letGo(play, iova, size));
  return {
    name: "passthrough",
    step: (dice) => {
      context_switch(machine.task);
      return play.waiting ? [] : move(play, dice % 8, Math.floor(dice / 8));
    },
    close: () => {
      vfio_iommu_type1_release(play.host.iommu);
      return [];
    },
  };
};

function openSlots({ pageNumber, pages }: Lot): readonly Slot[] {
  return Array.from({ length: Math.floor(pages / SLOT_PAGES) }, (_, k) => ({
    start: (pageNumber + k * SLOT_PAGES) * PAGE_SIZE,
    iova: 0x100000 + 2 * k * SLOT_BYTES,
    shadow: null,
    intact: true,
  }));
}

function move(play: Play, kind: number, dice: number): readonly string[] {
  const slot = play.slots[dice % play.slots.length];
  const other = play.slots[(dice + 1) % play.slots.length];
  const alive = play.host.machine.task.mm.mm_users > 0;
  if (slot === undefined || other === undefined || !alive) return [];

  const rest = Math.floor(dice / 16);
  if (kind === 0) return togglePage(play, slot, rest);
  if (slot.shadow === null) return kind < 4 ? fill(play, slot, rest) : map(play, slot);
  if (kind === 1) return unmap(play, slot, slot.shadow);
  if (kind < 4) return pin(play, slot, slot.shadow, rest);
  if (kind === 4) return unpin(play, rest);
  return other.shadow === null ? map(play, other) : copy(play, [slot, slot.shadow], [other, other.shadow], rest);
}

function togglePage({ host }: Play, slot: Slot, dice: number): readonly string[] {
  const page = slot.start / PAGE_SIZE + (dice % SLOT_PAGES);
  const vma = find_vma(host.machine.task.mm, page * PAGE_SIZE);
  if (vma === null) mapBuffer(host.machine, page, 1, READ_WRITE);
  else remove_vma(vma);
  slot.intact = false;
  return [];
}

function fill(play: Play, slot: Slot, dice: number): readonly string[] {
  const { mm } = play.host.machine.task;
  for (let k = 0; k < SLOT_PAGES; k++) if (find_vma(mm, slot.start + k * PAGE_SIZE) === null) togglePage(play, slot, k);
  copy_to_user(slot.start, pattern(dice % 251, SLOT_BYTES));
  return [];
}

function map({ host }: Play, slot: Slot): readonly string[] {
  const ret = vfio_dma_do_map(host.iommu, { vaddr: slot.start, iova: slot.iova, size: SLOT_BYTES }, BOTH_WAYS);
  if (ret < 0) return [];

  slot.shadow = new Uint8Array(SLOT_BYTES);
  slot.intact = true;
  return copy_from_user(slot.shadow, slot.start) === 0 ? [] : ["passthrough: what was mapped cannot be read"];
}

function unmap({ host }: Play, slot: Slot, shadow: Uint8Array): readonly string[] {
  slot.shadow = null;
  const ret = vfio_dma_do_unmap(host.iommu, slot.iova);
  if (ret < 0) return [`passthrough: unmapping answered ${ret}`];

  const bytes = new Uint8Array(SLOT_BYTES);
  return slot.intact && copy_from_user(bytes, slot.start) === 0 ? compare("a slot", bytes, shadow) : [];
}

function pin({ host, pins }: Play, slot: Slot, shadow: Uint8Array, dice: number): readonly string[] {
  const offset = (dice % SLOT_PAGES) * PAGE_SIZE;
  const iova = slot.iova + offset;
  const known = pins.get(iova) ?? 0;
  const pfn = vfio_iommu_type1_pin_pages(host.iommu, iova);
  if (pfn < 0) return [];

  pins.set(iova, known + 1);
  if (!slot.intact || known > 0) return [];
  return compare(
    "a pinned page",
    physicalBytes(pfn << PAGE_SHIFT, PAGE_SIZE),
    shadow.slice(offset, offset + PAGE_SIZE),
  );
}

function unpin(play: Play, dice: number): readonly string[] {
  const iova = [...play.pins.keys()][dice % Math.max(play.pins.size, 1)];
  if (iova !== undefined) drop(play, iova);
  return [];
}

function letGo(play: Play, start: number, size: number): void {
  for (const iova of [...play.pins.keys()].filter((each) => start <= each && each < start + size)) {
    while (play.pins.has(iova)) drop(play, iova);
  }
}

function drop({ host, pins }: Play, iova: number): void {
  const left = (pins.get(iova) ?? 1) - 1;
  if (left === 0) pins.delete(iova);
  else pins.set(iova, left);
  vfio_iommu_type1_unpin_pages(host.iommu, iova);
}

function copy(
  play: Play,
  [from, source]: readonly [Slot, Uint8Array],
  [to, target]: readonly [Slot, Uint8Array],
  dice: number,
): readonly string[] {
  const [here, there] = [dice % PAGE_SIZE, Math.floor(dice / 8) % PAGE_SIZE];
  const length = 1 + (dice % (SLOT_BYTES - PAGE_SIZE));
  play.waiting = true;
  startCopy(play.host.device, { id: dice, source: from.iova + here, target: to.iova + there, length });
  eventfd_read(play.host.trigger);
  play.waiting = false;
  target.set(source.subarray(here, here + length), there);
  return play.host.device.outcomes.splice(0).flatMap(({ fault }) => (fault ? ["passthrough: the device faulted"] : []));
}

function compare(what: string, bytes: Uint8Array, expected: Uint8Array): readonly string[] {
  const difference = firstDifference(bytes, expected);
  return difference === null ? [] : [`passthrough: ${what} differs at ${difference}`];
}
