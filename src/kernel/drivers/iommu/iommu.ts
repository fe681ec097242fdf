/**
 * Stands for drivers/iommu/iommu.c.
 *
 * Modelled: mapping, unmapping and looking up ranges of a domain.
 * Left out: large pages, flushing. Where the kernel answers 0 for an address that is not mapped, this answers null,
 * because frame 0 is in use here.
 */

import type { IommuDomain } from "../../hardware/iommu.ts";
import { EBUSY, ENOMEM } from "../../include/linux/errno.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../../include/linux/mm.ts";

/** The device may read. */
export const IOMMU_READ = 1 << 0;
/** The device may write. */
export const IOMMU_WRITE = 1 << 1;

/** iommu_map() - let devices reach consecutive physical addresses; all of the range or nothing */
export function iommu_map(domain: IommuDomain, iova: number, paddr: number, size: number, prot: number): number {
  for (let offset = 0; offset < size; offset += PAGE_SIZE) {
    const ret = iommu_map_page(domain, (iova + offset) >> PAGE_SHIFT, paddr + offset, (prot & IOMMU_WRITE) !== 0);
    if (ret === 0) continue;

    iommu_unmap(domain, iova, offset);
    return ret;
  }
  return 0;
}

/** iommu_unmap() - take addresses away from devices; returns how many bytes were mapped from @iova on */
export function iommu_unmap(domain: IommuDomain, iova: number, size: number): number {
  let unmapped = 0;
  while (unmapped < size && domain.table.delete((iova + unmapped) >> PAGE_SHIFT)) unmapped += PAGE_SIZE;
  return unmapped;
}

/** iommu_iova_to_phys() - what a device's address stands for, null for nothing */
export function iommu_iova_to_phys(domain: IommuDomain, iova: number): number | null {
  const entry = domain.table.get(iova >> PAGE_SHIFT);
  return entry === undefined ? null : entry.paddr + (iova % PAGE_SIZE);
}

function iommu_map_page(domain: IommuDomain, page: number, paddr: number, write: boolean): number {
  if (domain.table.has(page)) return -EBUSY;
  if (domain.table.size >= domain.capacity) return -ENOMEM;

  domain.table.set(page, { paddr, write });
  return 0;
}
