/**
 * Stands for include/linux/vfio.h and the structs of drivers/vfio/vfio_iommu_type1.c.
 *
 * Modelled: a container, its mappings, and frames pinned on behalf of mediated devices. The kernel's red-black trees are
 * maps here. Nowhere in it is a page.
 * Left out: groups, several domains.
 */

import type { IommuDomain } from "../../hardware/iommu.ts";
import type { TaskStruct } from "../../kernel/sched/core.ts";

/** A container: what devices may reach of a process's memory. */
export interface VfioIommu {
  /** Null while no device with DMA of its own is in the container. */
  readonly domain: IommuDomain | null;
  /** By the device's address. */
  readonly dma_list: Map<number, VfioDma>;
  /** Whoever has pinned frames and must let go of those in a range. */
  readonly notifier: ((iova: number, size: number) => void)[];
}

/** A stretch of memory that devices reach. */
export interface VfioDma {
  readonly iova: number;
  readonly vaddr: number;
  size: number;
  readonly prot: number;
  /** Whom locked memory is charged to. */
  readonly task: TaskStruct;
  /** Frames pinned for mediated devices, by the device's address. */
  readonly pfn_list: Map<number, VfioPfn>;
}

/** A frame that somebody has pinned by address. */
export interface VfioPfn {
  readonly iova: number;
  readonly pfn: number;
  ref_count: number;
}

/** Consecutive frames that were pinned together. */
export interface PfnRange {
  readonly pfn_base: number;
  readonly npage: number;
}
