/**
 * Stands for an auditor: after a story, every reference must have an owner.
 *
 * What may hold a page at rest: a page table entry, the page cache, its buffers, a pipe, what a story has added to the machine's
 * holders, and for ZERO_PAGE() the kernel itself.
 */

import { pte_page } from "../arch/x86/pgtable.ts";
import { bios_in_use } from "../block/bio.ts";
import { all_pages, page_address } from "../include/asm-generic/memory_model.ts";
import { PageReserved } from "../include/linux/page-flags.ts";
import { dma_mapped_entries } from "../kernel/dma/direct.ts";
import { vm_normal_page } from "../mm/memory.ts";
import { page_references } from "../mm/pin_counting.ts";
import type { Machine } from "./machine.ts";

/** imbalances() - everything that is held without an owner, or owned without being held, in words */
export function imbalances(machine: Machine): readonly string[] {
  return [...pageImbalances(machine), ...resourceImbalances(machine)];
}

function pageImbalances(machine: Machine): readonly string[] {
  const mapped = countByPfn(mappedPfns(machine));
  const held = countByPfn(heldPfns(machine));
  return all_pages().flatMap((page) => {
    const { pfn, _mapcount } = page;
    const references = page_references(page);
    const mappings = mapped.get(pfn) ?? 0;
    const owners = mappings + (held.get(pfn) ?? 0);
    return [
      ...(references === owners ? [] : [`page ${pfn}: ${references} references, ${owners} owners`]),
      ...(_mapcount === mappings ? [] : [`page ${pfn}: mapcount ${_mapcount}, ${mappings} page table entries`]),
    ];
  });
}

function resourceImbalances(machine: Machine): readonly string[] {
  const { queue } = machine.disk.bdev.bd_disk;
  const zeros = all_pages()
    .filter(PageReserved)
    .flatMap((page) => [...page_address(page)]);
  const counts = {
    "bios in use": bios_in_use(),
    "scatter-gather entries mapped": dma_mapped_entries(),
    "tags taken": queue.tags.filter((request) => request !== null).length,
    "direct IOs in progress": machine.files.reduce((sum, file) => sum + file.f_inode.i_dio_count, 0),
    "readers of address spaces": machine.tasks.reduce((sum, task) => sum + task.mm.mmap_sem.readers, 0),
    "bytes of ZERO_PAGE() that are not zero": zeros.filter((byte) => byte !== 0).length,
  };
  return Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
}

function mappedPfns(machine: Machine): readonly number[] {
  return machine.tasks.flatMap(({ mm }) =>
    [...mm.pgd.values()].filter((pte) => vm_normal_page(pte) !== null).map((pte) => pte_page(pte).pfn),
  );
}

function heldPfns(machine: Machine): readonly number[] {
  const cached = machine.mappings.flatMap(({ i_pages }) => [...i_pages.values()]);
  const piped = machine.pipes.flatMap(({ bufs }) => bufs.map((buf) => buf.page));
  const buffered = cached.filter((page) => page.private !== null);
  const pfns = [...all_pages().filter(PageReserved), ...cached, ...buffered, ...piped].map((page) => page.pfn);
  return [...pfns, ...machine.holders.flatMap((holder) => holder())];
}

function countByPfn(pfns: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const pfn of pfns) counts.set(pfn, (counts.get(pfn) ?? 0) + 1);
  return counts;
}
