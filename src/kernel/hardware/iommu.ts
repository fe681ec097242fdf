/**
 * Stands for an IOMMU; no kernel file.
 *
 * Modelled: the page table of one domain, from the addresses a device uses to physical ones, with the right to write; room
 * for so many entries; faults, which reach nothing.
 */

import { physicalBytes } from "./memory.ts";

const IOMMU_PAGE = 4096;

/** Where one page of a device's addresses is. */
export interface IommuEntry {
  readonly paddr: number;
  readonly write: boolean;
}

/** What devices of one owner see. */
export interface IommuDomain {
  /** By page number. */
  readonly table: Map<number, IommuEntry>;
  readonly capacity: number;
  /** Addresses that a device was refused. */
  readonly faults: number[];
}

/** createDomain() - a domain in which nothing can be reached */
export function createDomain(capacity: number): IommuDomain {
  return { table: new Map(), capacity, faults: [] };
}

/** deviceBytes() - the memory behind a device's address, up to the end of its page; null is a fault */
export function deviceBytes(domain: IommuDomain, iova: number, length: number, write: boolean): Uint8Array | null {
  const entry = domain.table.get(Math.floor(iova / IOMMU_PAGE));
  if (entry === undefined || (write && !entry.write)) {
    domain.faults.push(iova);
    return null;
  }
  const offset = iova % IOMMU_PAGE;
  return physicalBytes(entry.paddr + offset, Math.min(length, IOMMU_PAGE - offset));
}
