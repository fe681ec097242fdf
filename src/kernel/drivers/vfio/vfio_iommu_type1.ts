/**
 * Stands for drivers/vfio/vfio_iommu_type1.c, without the pinning half beside it.
 *
 * Modelled: mapping memory of a process for devices, whole or not at all; unmapping, where the frames to release come out
 * of the IOMMU's page table; frames pinned by address for mediated devices, shared and counted; the end of a container,
 * whether its process lives or not.
 * Left out: groups, several domains, a domain that is attached later, unmapping a part of a mapping, batched unmapping.
 */

import type { IommuDomain } from "../../hardware/iommu.ts";
import { BUG_ON } from "../../include/asm-generic/bug.ts";
import { IS_ERR, PTR_ERR } from "../../include/linux/err.ts";
import { EEXIST, EINVAL, ENOENT } from "../../include/linux/errno.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../../include/linux/mm.ts";
import type { VfioDma, VfioIommu } from "../../include/linux/vfio.ts";
import { current } from "../../kernel/sched/core.ts";
import { iommu_iova_to_phys, iommu_map, iommu_unmap } from "../iommu/iommu.ts";
import {
  put_pfn,
  vfio_lock_acct,
  vfio_pin_page_external,
  vfio_pin_pages_remote,
  vfio_unpin_pages_remote,
} from "./vfio_iommu_type1_pin.ts";

/** What user space asks to be mapped; all three are multiples of a page. */
export interface VfioDmaMap {
  readonly vaddr: number;
  readonly iova: number;
  readonly size: number;
}

/** vfio_iommu_type1_open() - an empty container; without a domain its devices have no DMA of their own */
export function vfio_iommu_type1_open(domain: IommuDomain | null): VfioIommu {
  return { domain, dma_list: new Map(), notifier: [] };
}

/** vfio_iommu_type1_release() - the last user of a container has gone */
export function vfio_iommu_type1_release(iommu: VfioIommu): void {
  for (const dma of [...iommu.dma_list.values()]) vfio_remove_dma(iommu, dma);
}

/** vfio_dma_do_map() - let devices reach memory of the current process */
export function vfio_dma_do_map(iommu: VfioIommu, { vaddr, iova, size }: VfioDmaMap, prot: number): number {
  if (size === 0 || (vaddr | iova | size) % PAGE_SIZE !== 0) return -EINVAL;
  if ([...iommu.dma_list.values()].some((dma) => overlaps(dma, iova, size))) return -EEXIST;

  const dma: VfioDma = { iova, vaddr, size: 0, prot, task: current(), pfn_list: new Map() };
  iommu.dma_list.set(iova, dma);
  if (iommu.domain === null) {
    dma.size = size;
    return 0;
  }
  const ret = vfio_pin_map_dma(iommu.domain, dma, size);
  if (ret < 0) vfio_remove_dma(iommu, dma);
  return ret;
}

/** vfio_dma_do_unmap() - take a mapping away from devices again */
export function vfio_dma_do_unmap(iommu: VfioIommu, iova: number): number {
  const dma = iommu.dma_list.get(iova);
  if (dma === undefined) return -ENOENT;

  vfio_remove_dma(iommu, dma);
  return 0;
}

/** vfio_iommu_type1_pin_pages() - pin a page by the device's address; returns its frame number or a negative errno */
export function vfio_iommu_type1_pin_pages(iommu: VfioIommu, iova: number): number {
  const dma = vfio_find_dma(iommu, iova);
  if (dma === null) return -EINVAL;

  const vpfn = dma.pfn_list.get(iova);
  if (vpfn !== undefined) {
    vpfn.ref_count++;
    return vpfn.pfn;
  }
  const pfn = vfio_pin_page_external(dma, dma.vaddr + (iova - dma.iova), iommu.domain === null);
  if (pfn >= 0) dma.pfn_list.set(iova, { iova, pfn, ref_count: 1 });
  return pfn;
}

/** vfio_iommu_type1_unpin_pages() - one user less of a page that was pinned by the device's address */
export function vfio_iommu_type1_unpin_pages(iommu: VfioIommu, iova: number): void {
  const dma = vfio_find_dma(iommu, iova);
  const vpfn = dma?.pfn_list.get(iova);
  if (dma === null || vpfn === undefined) return;

  vpfn.ref_count--;
  if (vpfn.ref_count > 0) return;

  dma.pfn_list.delete(iova);
  const counted = put_pfn(vpfn.pfn, dma.prot);
  if (counted && iommu.domain === null) vfio_lock_acct(dma, -1);
}

function vfio_pin_map_dma(domain: IommuDomain, dma: VfioDma, map_size: number): number {
  while (dma.size < map_size) {
    const range = vfio_pin_pages_remote(dma, dma.vaddr + dma.size, (map_size - dma.size) >> PAGE_SHIFT);
    if (IS_ERR(range)) return PTR_ERR(range);

    const { pfn_base, npage } = range;
    const iova = dma.iova + dma.size;
    const ret = iommu_map(domain, iova, pfn_base << PAGE_SHIFT, npage << PAGE_SHIFT, dma.prot);
    if (ret < 0) {
      vfio_lock_acct(dma, -vfio_unpin_pages_remote(dma, pfn_base, npage));
      return ret;
    }
    dma.size += npage << PAGE_SHIFT;
  }
  return 0;
}

// Whoever has pinned frames of the mapping for a mediated device is told first.
function vfio_remove_dma(iommu: VfioIommu, dma: VfioDma): void {
  if (dma.pfn_list.size > 0) for (const notify of iommu.notifier) notify(dma.iova, dma.size);
  BUG_ON(dma.pfn_list.size > 0, "a mapping ends whose frames a mediated device still uses");
  if (iommu.domain !== null) vfio_unmap_unpin(iommu.domain, dma);
  iommu.dma_list.delete(dma.iova);
}

function vfio_unmap_unpin(domain: IommuDomain, dma: VfioDma): void {
  let unlocked = 0;
  for (let iova = dma.iova; iova < dma.iova + dma.size; ) {
    const phys = iommu_iova_to_phys(domain, iova);
    if (phys === null) {
      iova += PAGE_SIZE;
      continue;
    }
    const unmapped = iommu_unmap(domain, iova, consecutive(domain, dma, iova, phys));
    unlocked += vfio_unpin_pages_remote(dma, phys >> PAGE_SHIFT, unmapped >> PAGE_SHIFT);
    iova += unmapped;
  }
  vfio_lock_acct(dma, -unlocked);
}

// How many bytes from an address on are mapped to consecutive frames.
function consecutive(domain: IommuDomain, dma: VfioDma, iova: number, phys: number): number {
  let len = PAGE_SIZE;
  while (iova + len < dma.iova + dma.size && iommu_iova_to_phys(domain, iova + len) === phys + len) len += PAGE_SIZE;
  return len;
}

function vfio_find_dma(iommu: VfioIommu, iova: number): VfioDma | null {
  return [...iommu.dma_list.values()].find((dma) => overlaps(dma, iova, 1)) ?? null;
}

function overlaps(dma: VfioDma, iova: number, size: number): boolean {
  return dma.iova < iova + size && iova < dma.iova + dma.size;
}
