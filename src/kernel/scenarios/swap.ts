/** Stories of the control group: pages of a file in memory go to a swap area and come back. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { pread64 } from "../fs/read_write.ts";
import { PAGE_SIZE, VM_SHARED } from "../include/linux/mm.ts";
import type { AddressSpace, Page, VmAreaStruct } from "../include/linux/mm_types.ts";
import { get_user_pages_fast } from "../mm/gup.ts";
import { mmap_region, remove_vma } from "../mm/mmap.ts";
import { pageout, shmem_file_setup, shmem_free_swap } from "../mm/shmem.ts";
import { put_page } from "../mm/swap.ts";
import { type SwapInfoStruct, swapon, try_to_free_swap } from "../mm/swapfile.ts";
import { truncate_inode_pages } from "../mm/truncate.ts";
import { imbalances } from "./imbalances.ts";
import { boot, firstDifference, type Machine, pattern, READ_WRITE, settle } from "./machine.ts";

const START = 64 * PAGE_SIZE;

interface Story {
  readonly machine: Machine;
  readonly si: SwapInfoStruct;
  readonly mapping: AddressSpace;
}

// A file of @pages pages that were stored to and are not mapped any more.
function storedFile(pages: number, slots: number): Story {
  const machine = boot();
  const si = swapon(machine.disk.bdev, 512, slots);
  const mapping = shmem_file_setup(si, pages * PAGE_SIZE);
  machine.mappings.push(mapping);
  machine.holders.push(() => [...si.swap_cache.values()].map(({ pfn }) => pfn));
  const vma = map(machine, mapping, pages);
  userStore(machine.task.mm, START, pattern(6, pages * PAGE_SIZE));
  remove_vma(vma);
  return { machine, si, mapping };
}

function map(machine: Machine, mapping: AddressSpace, pages: number): VmAreaStruct {
  return mmap_region(machine.task.mm, START, pages * PAGE_SIZE, READ_WRITE | VM_SHARED, mapping);
}

function freeArrived(si: SwapInfoStruct): number {
  return [...si.swap_cache.keys()].filter((entry) => try_to_free_swap(si, entry)).length;
}

/** outAndIn() - all pages go out, their frames are freed, and faults bring them back */
export function outAndIn() {
  const { machine, si, mapping } = storedFile(6, 16);
  const sent = pageout(mapping);
  const onTheirWay = freeArrived(si);
  settle();
  const freed = freeArrived(si);
  const { medium } = machine.disk.controller;
  const onDisk = firstDifference(medium.subarray(512 * 512, 512 * 512 + 6 * PAGE_SIZE), pattern(6, 6 * PAGE_SIZE));
  const cached = mapping.i_pages.size;
  map(machine, mapping, 6);
  const difference = firstDifference(userLoad(machine.task.mm, START, 6 * PAGE_SIZE), pattern(6, 6 * PAGE_SIZE));
  return { sent, onTheirWay, freed, onDisk, cached, difference, imbalances: imbalances(machine) };
}

/** neededAtOnce() - a page is needed while it is still on its way out */
export function neededAtOnce() {
  const { machine, si, mapping } = storedFile(2, 16);
  pageout(mapping);
  map(machine, mapping, 2);
  const difference = firstDifference(userLoad(machine.task.mm, START, 2 * PAGE_SIZE), pattern(6, 2 * PAGE_SIZE));
  settle();
  return { difference, freed: freeArrived(si), imbalances: imbalances(machine) };
}

/** pinnedPagesStay() - of four pages one is pinned and one is mapped: the others go */
export function pinnedPagesStay() {
  const { machine, si, mapping } = storedFile(4, 16);
  const vma = map(machine, mapping, 4);
  const pages: Page[] = [];
  userLoad(machine.task.mm, START, 1);
  get_user_pages_fast(START, 1, true, pages);
  remove_vma(vma);
  mmap_region(machine.task.mm, START, 2 * PAGE_SIZE, READ_WRITE | VM_SHARED, mapping);
  userLoad(machine.task.mm, START + PAGE_SIZE, 1);
  const sent = pageout(mapping);
  settle();
  const freed = freeArrived(si);
  for (const page of pages) put_page(page);
  return { sent, freed, imbalances: imbalances(machine) };
}

/** failingDisk() - a page that cannot be written stays in the swap cache; one that cannot be read fails whoever needs it */
export function failingDisk() {
  const { machine, si, mapping } = storedFile(2, 16);
  const { failingSectors } = machine.disk.controller;
  failingSectors.add(512);
  pageout(mapping);
  settle();
  const freed = freeArrived(si);
  const kept = si.swap_cache.size;
  failingSectors.add(520);
  map(machine, mapping, 2);
  const difference = firstDifference(userLoad(machine.task.mm, START, PAGE_SIZE), pattern(6, PAGE_SIZE));
  const unreadable = pread64(machine.file, START + PAGE_SIZE, PAGE_SIZE, 0);
  return { freed, kept, difference, unreadable, imbalances: imbalances(machine) };
}

/** endOfFile() - fewer slots than pages; when the file is gone its slots are free, once all has arrived */
export function endOfFile() {
  const { machine, si, mapping } = storedFile(4, 3);
  const sent = pageout(mapping);
  truncate_inode_pages(mapping, 0);
  const early = shmem_free_swap(mapping);
  settle();
  const late = shmem_free_swap(mapping);
  return { sent, early, late, slots: si.swap_map.size, imbalances: imbalances(machine) };
}
