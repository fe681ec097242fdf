/** Stories about devices that user space drives itself, through an IOMMU: the kernel knows their memory by number only. */

import { userLoad, userStore } from "../arch/x86/fault.ts";
import { IOMMU_READ, IOMMU_WRITE } from "../drivers/iommu/iommu.ts";
import { type EventfdCtx, eventfd_read, vfio_msi_enable } from "../drivers/vfio/pci/vfio_pci_intrs.ts";
import {
  vfio_dma_do_map,
  vfio_dma_do_unmap,
  vfio_iommu_type1_open,
  vfio_iommu_type1_pin_pages,
  vfio_iommu_type1_release,
  vfio_iommu_type1_unpin_pages,
} from "../drivers/vfio/vfio_iommu_type1.ts";
import { createDomain, type IommuDomain } from "../hardware/iommu.ts";
import { installDeviceMemory, physicalBytes } from "../hardware/memory.ts";
import { createPassthroughDevice, type PassthroughDevice, startCopy } from "../hardware/passthrough-device.ts";
import { all_pages, pfn_to_page, pfn_valid } from "../include/asm-generic/memory_model.ts";
import { PAGE_SHIFT, PAGE_SIZE, VM_PFNMAP, VM_SHARED } from "../include/linux/mm.ts";
import { PageDirty, PageReserved } from "../include/linux/page-flags.ts";
import type { VfioIommu } from "../include/linux/vfio.ts";
import { create_process, do_exit } from "../kernel/fork.ts";
import { context_switch, force_sig } from "../kernel/sched/core.ts";
import { remap_pfn_range } from "../mm/memory.ts";
import { mmap_region } from "../mm/mmap.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_ONLY,
  READ_WRITE,
  settle,
} from "./machine.ts";

/** The device may read and write. */
export const BOTH_WAYS = IOMMU_READ | IOMMU_WRITE;
const SOURCE = 0x100000;
const TARGET = 0x200000;

/** A machine whose process drives a device. */
export interface VfioMachine {
  readonly machine: Machine;
  readonly domain: IommuDomain;
  readonly device: PassthroughDevice;
  readonly iommu: VfioIommu;
  readonly trigger: EventfdCtx;
}

/** openVfio() - give a device to the machine's process; what its IOMMU reaches may be held */
export function openVfio(machine: Machine, capacity = 64): VfioMachine {
  const domain = createDomain(capacity);
  const device = createPassthroughDevice(domain);
  const iommu = vfio_iommu_type1_open(domain);
  machine.holders.push(() => heldPfns(iommu));
  return { machine, domain, device, iommu, trigger: vfio_msi_enable(device) };
}

/**
 * copyThroughDevice() - the device copies between two mappings, across pages; what it may write is dirty in the end
 *
 * The source was touched out of order, so its frames are not consecutive and are pinned in runs.
 */
export function copyThroughDevice() {
  const host = openVfio(boot());
  const { machine, iommu, device } = host;
  const source = mapBuffer(machine, 16, 4, READ_WRITE);
  const bytes = pattern(3, 4 * PAGE_SIZE);
  for (const k of [3, 0, 1, 2]) {
    userStore(machine.task.mm, source + k * PAGE_SIZE, bytes.subarray(k * PAGE_SIZE, (k + 1) * PAGE_SIZE));
  }
  const mapping = mapFile(machine, 32, 4);
  const mapped = [
    vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: 4 * PAGE_SIZE }, IOMMU_READ),
    vfio_dma_do_map(iommu, { vaddr: 32 * PAGE_SIZE, iova: TARGET, size: 4 * PAGE_SIZE }, BOTH_WAYS),
  ];
  const locked = machine.task.mm.locked_vm;
  const whileMapped = imbalances(machine);
  startCopy(device, { id: 1, source: SOURCE + 100, target: TARGET + 3000, length: 9000 });
  const interrupts = eventfd_read(host.trigger);
  const copied = userLoad(machine.task.mm, 32 * PAGE_SIZE + 3000, 9000);
  const unmapped = [vfio_dma_do_unmap(iommu, SOURCE), vfio_dma_do_unmap(iommu, TARGET)];
  return {
    mapped,
    locked: [locked, machine.task.mm.locked_vm],
    whileMapped,
    interrupts,
    outcomes: device.outcomes,
    difference: firstDifference(copied, bytes.slice(100, 9100)),
    unmapped,
    dirty: [...mapping.i_pages.values()].filter(PageDirty).length,
    dirtyAnonymous: all_pages().filter((page) => PageDirty(page) && page.mapping === null).length,
    imbalances: imbalances(machine),
  };
}

/** refusals() - every way for a mapping to fail; what was pinned is found again in the IOMMU's page table */
export function refusals() {
  const { machine, iommu, domain } = openVfio(boot({ frames: 64 }), 12);
  filledBuffer(machine, 16, 2, 1);
  mapBuffer(machine, 32, 2, READ_ONLY);
  mapFile(machine, 40, 2, { dax: true });
  filledBuffer(machine, 48, 16, 1);
  const map = (pageNumber: number, pages: number, iova = SOURCE) =>
    vfio_dma_do_map(iommu, { vaddr: pageNumber * PAGE_SIZE, iova, size: pages * PAGE_SIZE }, BOTH_WAYS);
  const misaligned = vfio_dma_do_map(iommu, { vaddr: 16 * PAGE_SIZE + 8, iova: SOURCE, size: PAGE_SIZE }, BOTH_WAYS);
  const hole = map(16, 4);
  const readOnly = map(32, 1);
  const storage = map(40, 2);
  const tableFull = map(48, 14);
  const taken = [map(48, 2), map(50, 2, SOURCE + PAGE_SIZE)];
  const unmapped = [vfio_dma_do_unmap(iommu, SOURCE), vfio_dma_do_unmap(iommu, SOURCE)];
  machine.task.rlimit_memlock = 4 * PAGE_SIZE;
  const limited = map(48, 6);
  machine.task.rlimit_memlock = Number.POSITIVE_INFINITY;
  force_sig(machine.task);
  const killed = map(52, 1);
  return {
    misaligned,
    hole,
    readOnly,
    storage,
    tableFull,
    taken,
    unmapped,
    limited,
    killed,
    reachable: domain.table.size,
    locked: machine.task.mm.locked_vm,
    imbalances: imbalances(machine),
  };
}

/** deviceFaults() - the device goes beside its mappings, writes where it may only read, and comes too late */
export function deviceFaults() {
  const host = openVfio(boot());
  const { machine, iommu, device, domain } = host;
  const source = filledBuffer(machine, 16, 2, 3);
  vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: PAGE_SIZE }, IOMMU_READ);
  vfio_dma_do_map(iommu, { vaddr: source + PAGE_SIZE, iova: TARGET, size: PAGE_SIZE }, BOTH_WAYS);
  for (const [id, from, to] of [
    [1, SOURCE + PAGE_SIZE, TARGET],
    [2, TARGET, SOURCE],
  ] as const) {
    startCopy(device, { id, source: from, target: to, length: 16 });
    eventfd_read(host.trigger);
  }
  startCopy(device, { id: 3, source: SOURCE, target: TARGET, length: 16 });
  vfio_iommu_type1_release(iommu);
  settle();
  const difference = firstDifference(userLoad(machine.task.mm, source, 2 * PAGE_SIZE), pattern(3, 2 * PAGE_SIZE));
  return { outcomes: device.outcomes, faults: domain.faults, difference, imbalances: imbalances(machine) };
}

/** memoryOfADevice() - the process maps a device's memory, which has no pages, and lets the other device write there */
export function memoryOfADevice() {
  const host = openVfio(boot());
  const { machine, iommu, device } = host;
  const bar = installDeviceMemory(2 * PAGE_SIZE);
  const source = filledBuffer(machine, 16, 2, 6);
  const flags = READ_WRITE | VM_SHARED | VM_PFNMAP;
  remap_pfn_range(mmap_region(machine.task.mm, 32 * PAGE_SIZE, 2 * PAGE_SIZE, flags, null), bar >> PAGE_SHIFT);
  const mapped = [
    vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: 2 * PAGE_SIZE }, IOMMU_READ),
    vfio_dma_do_map(iommu, { vaddr: 32 * PAGE_SIZE, iova: TARGET, size: 2 * PAGE_SIZE }, BOTH_WAYS),
  ];
  const locked = machine.task.mm.locked_vm;
  startCopy(device, { id: 1, source: SOURCE, target: TARGET, length: 2 * PAGE_SIZE });
  eventfd_read(host.trigger);
  const difference = firstDifference(physicalBytes(bar, 2 * PAGE_SIZE), pattern(6, 2 * PAGE_SIZE));
  const seen = firstDifference(userLoad(machine.task.mm, 32 * PAGE_SIZE, 2 * PAGE_SIZE), pattern(6, 2 * PAGE_SIZE));
  vfio_iommu_type1_release(iommu);
  return { mapped, locked, difference, seen, imbalances: imbalances(machine) };
}

/**
 * untouchedMemory() - a mapping that devices only read, of memory that was never written: ZERO_PAGE(), twice
 *
 * It is pinned for each page, and once more where the run of consecutive frames ends; put_pfn() takes it for a frame that
 * nobody counts. The kernel lost these references until 6.0.
 */
export function untouchedMemory() {
  const { machine, iommu } = openVfio(boot());
  const source = mapBuffer(machine, 16, 2, READ_WRITE);
  const mapped = vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: 2 * PAGE_SIZE }, IOMMU_READ);
  const unmapped = vfio_dma_do_unmap(iommu, SOURCE);
  return { mapped, unmapped, imbalances: imbalances(machine) };
}

/** exitWhileMapped() - the process is gone, its device goes on; whoever has the container last releases */
export function exitWhileMapped() {
  const host = openVfio(boot());
  const { machine, iommu, device } = host;
  const source = filledBuffer(machine, 16, 4, 9);
  vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: 4 * PAGE_SIZE }, BOTH_WAYS);
  const heir = create_process();
  machine.tasks.push(heir);
  do_exit(machine.task);
  context_switch(heir);
  startCopy(device, { id: 1, source: SOURCE, target: SOURCE + 2 * PAGE_SIZE, length: 2 * PAGE_SIZE });
  eventfd_read(host.trigger);
  const whileMapped = imbalances(machine);
  const orphans = heldPfns(iommu).map((pfn) => physicalBytes(pfn << PAGE_SHIFT, PAGE_SIZE).slice());
  const differences = [0, 1].map((k) => firstDifference(orphans[k] ?? noBytes, orphans[k + 2] ?? noBytes));
  vfio_iommu_type1_release(iommu);
  return { outcomes: device.outcomes, whileMapped, differences, imbalances: imbalances(machine) };
}

/** mediatedDevice() - a driver pins by the device's addresses, from any process: counted, shared, and told of the end */
export function mediatedDevice() {
  const machine = boot();
  const iommu = vfio_iommu_type1_open(null);
  machine.holders.push(() => heldPfns(iommu));
  const source = filledBuffer(machine, 16, 4, 9);
  vfio_dma_do_map(iommu, { vaddr: source, iova: SOURCE, size: 3 * PAGE_SIZE }, BOTH_WAYS);
  mapFile(machine, 32, 1, { dax: true });
  vfio_dma_do_map(iommu, { vaddr: 32 * PAGE_SIZE, iova: TARGET, size: PAGE_SIZE }, BOTH_WAYS);
  const kthread = create_process();
  machine.tasks.push(kthread);
  context_switch(kthread);
  const pfn = vfio_iommu_type1_pin_pages(iommu, SOURCE + PAGE_SIZE);
  const again = vfio_iommu_type1_pin_pages(iommu, SOURCE + PAGE_SIZE) === pfn;
  vfio_iommu_type1_pin_pages(iommu, SOURCE + 2 * PAGE_SIZE);
  const outside = vfio_iommu_type1_pin_pages(iommu, SOURCE + 3 * PAGE_SIZE);
  const storage = vfio_iommu_type1_pin_pages(iommu, TARGET);
  const expected = pattern(9, 2 * PAGE_SIZE).slice(PAGE_SIZE);
  const difference = firstDifference(physicalBytes(pfn << PAGE_SHIFT, PAGE_SIZE), expected);
  machine.task.rlimit_memlock = 2 * PAGE_SIZE;
  const limited = vfio_iommu_type1_pin_pages(iommu, SOURCE);
  vfio_iommu_type1_unpin_pages(iommu, SOURCE + PAGE_SIZE);
  const [locked, held] = [machine.task.mm.locked_vm, imbalances(machine)];
  iommu.notifier.push((iova, size) => letGo(iommu, iova, size));
  vfio_dma_do_unmap(iommu, SOURCE);
  const charged = machine.task.mm.locked_vm;
  do_exit(machine.task);
  const gone = vfio_iommu_type1_pin_pages(iommu, TARGET);
  vfio_iommu_type1_release(iommu);
  const refused = { outside, storage, limited, gone };
  return { again, refused, difference, locked, held, charged, imbalances: imbalances(machine) };
}

const noBytes = new Uint8Array(1);

function letGo(iommu: VfioIommu, iova: number, size: number): void {
  for (let at = iova; at < iova + size; at += PAGE_SIZE) vfio_iommu_type1_unpin_pages(iommu, at);
}

// Frames that the container has pinned: those its IOMMU reaches, and those of mediated devices.
function heldPfns({ domain, dma_list }: VfioIommu): readonly number[] {
  const reached = domain === null ? [] : [...domain.table.values()].map(({ paddr }) => paddr >> PAGE_SHIFT);
  const mediated = [...dma_list.values()].flatMap(({ pfn_list }) => [...pfn_list.values()].map(({ pfn }) => pfn));
  return [...reached, ...mediated].filter((pfn) => pfn_valid(pfn) && !PageReserved(pfn_to_page(pfn)));
}
