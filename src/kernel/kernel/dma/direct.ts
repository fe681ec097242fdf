/**
 * Stands for kernel/dma/direct.c.
 *
 * Modelled: a machine whose devices see physical addresses; how many entries are mapped is counted.
 * Left out: IOMMUs, bounce buffers, cache maintenance.
 */

import { type Scatterlist, sg_phys } from "../../include/linux/scatterlist.ts";

const statistics = { mappedEntries: 0 };

/** dma_init() - nothing is mapped */
export function dma_init(): void {
  statistics.mappedEntries = 0;
}

/** dma_map_sg() - give every entry an address that the device understands */
export function dma_map_sg(sgl: readonly Scatterlist[]): void {
  for (const sg of sgl) sg.dma_address = sg_phys(sg);
  statistics.mappedEntries += sgl.length;
}

/** dma_unmap_sg() - the device is done with the entries */
export function dma_unmap_sg(sgl: readonly Scatterlist[]): void {
  statistics.mappedEntries -= sgl.length;
}

/** dma_mapped_entries() - how many entries a device may still use */
export function dma_mapped_entries(): number {
  return statistics.mappedEntries;
}
