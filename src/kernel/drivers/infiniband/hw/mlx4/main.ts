/**
 * Stands for drivers/infiniband/hw/mlx4/main.c and the event queue of drivers/net/ethernet/mellanox/mlx4/eq.c.
 *
 * Modelled: a device for an adapter that was found; its interrupt, which names completion queues that have news.
 * Left out: ports, firmware commands, everything that is not memory registration.
 */

import type { RdmaNic } from "../../../../hardware/rdma-nic.ts";
import type { Device } from "../../../../include/linux/device.ts";
import type { IbDevice } from "../../../../include/rdma/ib_verbs.ts";
import { irq_enter, irq_exit } from "../../../../kernel/softirq.ts";
import { mlx4_ib_dereg_mr, mlx4_ib_reg_user_mr } from "./mr.ts";

/** mlx4_ib_add() - a device for an adapter that was found in a slot with the given address lines */
export function mlx4_ib_add(nic: RdmaNic, dma_device: Device): IbDevice {
  const device: IbDevice = {
    dma_device,
    reg_user_mr: mlx4_ib_reg_user_mr,
    dereg_mr: mlx4_ib_dereg_mr,
    comp_handlers: new Map(),
    driver_data: nic,
  };
  nic.interrupt = () => mlx4_interrupt(nic, device);
  return device;
}

function mlx4_interrupt(nic: RdmaNic, device: IbDevice): void {
  irq_enter();
  for (const cqn of nic.events.splice(0)) device.comp_handlers.get(cqn)?.();
  irq_exit();
}
