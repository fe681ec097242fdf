/**
 * Stands for kernel/dma/direct.c.
 *
 * Modelled: a machine whose devices see physical addresses, as far as their address lines reach; how many entries are
 * mapped is counted; mappings that are made to fail, as they do where an IOMMU runs out of addresses.
 * Left out: bounce buffers, cache maintenance. The IOMMU of drivers/iommu serves devices of user space only.
 */

import { page_to_phys } from "../../include/asm-generic/memory_model.ts";
import type { Device } from "../../include/linux/device.ts";
import type { Page } from "../../include/linux/mm_types.ts";
import { type Scatterlist, sg_phys } from "../../include/linux/scatterlist.ts";
import { type FaultAttr, should_fail } from "../../lib/fault-inject.ts";

/** No address: the device cannot reach the memory. */
export const DMA_MAPPING_ERROR = -1;

const statistics = { mappedEntries: 0 };

/** Makes mappings fail, none at first. */
export const fail_dma_map: FaultAttr = { space: 0, times: 0, failed: 0 };

/** dma_init() - nothing is mapped */
export function dma_init(): void {
  statistics.mappedEntries = 0;
  fail_dma_map.times = 0;
  fail_dma_map.failed = 0;
}

/** dma_map_sg() - give every entry an address that the device understands, for devices that reach all memory */
export function dma_map_sg(sgl: readonly Scatterlist[]): void {
  for (const sg of sgl) sg.dma_address = sg_phys(sg);
  statistics.mappedEntries += sgl.length;
}

/** dma_map_sg_attrs() - the same for any device; returns how many entries it may use, 0 when one is out of reach */
export function dma_map_sg_attrs(dev: Device, sgl: readonly Scatterlist[]): number {
  if (should_fail(fail_dma_map)) return 0;
  if (sgl.some((sg) => sg_phys(sg) + sg.length - 1 > dev.dma_mask)) return 0;

  dma_map_sg(sgl);
  return sgl.length;
}

/** dma_unmap_sg() - the device is done with the entries */
export function dma_unmap_sg(sgl: readonly Scatterlist[]): void {
  statistics.mappedEntries -= sgl.length;
}

/** dma_map_page() - an address for a piece of one page, DMA_MAPPING_ERROR when it is out of reach */
export function dma_map_page(dev: Device, page: Page, offset: number, size: number): number {
  if (should_fail(fail_dma_map)) return DMA_MAPPING_ERROR;

  const address = page_to_phys(page) + offset;
  if (address + size - 1 > dev.dma_mask) return DMA_MAPPING_ERROR;

  statistics.mappedEntries++;
  return address;
}

/** dma_unmap_page() - the device is done with the piece */
export function dma_unmap_page(): void {
  statistics.mappedEntries--;
}

/** dma_mapped_entries() - how many entries a device may still use */
export function dma_mapped_entries(): number {
  return statistics.mappedEntries;
}
