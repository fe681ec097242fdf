/**
 * Stands for drivers/infiniband/hw/mlx4/mr.c.
 *
 * Modelled: a region's page table, written to the adapter from the scatterlist's DMA addresses; the region's end.
 * Left out: re-registration, memory windows, huge pages.
 */

import { invalidateRegion, type RdmaNic, writeRegion } from "../../../../hardware/rdma-nic.ts";
import { type ErrPtr, IS_ERR } from "../../../../include/linux/err.ts";
import type { IbMr, IbUcontext, IbUmem } from "../../../../include/rdma/ib_verbs.ts";
import { ib_umem_get, ib_umem_release } from "../../core/umem.ts";

/** mlx4_ib_reg_user_mr() - pin memory and make it known to the adapter */
export function mlx4_ib_reg_user_mr(context: IbUcontext, start: number, length: number, access: number): IbMr | ErrPtr {
  const umem = ib_umem_get(context, start, length, access);
  if (IS_ERR(umem)) return umem;

  const { device } = context;
  return { device, lkey: mlx4_ib_umem_write_mtt(device.driver_data as RdmaNic, umem), umem };
}

/** mlx4_ib_dereg_mr() - the adapter forgets the memory first, then it is released */
export function mlx4_ib_dereg_mr(mr: IbMr): void {
  invalidateRegion(mr.device.driver_data as RdmaNic, mr.lkey);
  ib_umem_release(mr.umem);
}

function mlx4_ib_umem_write_mtt(nic: RdmaNic, umem: IbUmem): number {
  const pages = umem.sg_head.map((sg) => sg.dma_address);
  return writeRegion(nic, { start: umem.address, length: umem.length, pages, writable: umem.writable });
}
