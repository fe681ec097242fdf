/**
 * Stands for include/linux/device.h.
 *
 * Modelled: which physical addresses a device can reach.
 * Left out: the device tree, drivers, power.
 */

/** Any device that does DMA. */
export interface Device {
  /** The highest address that the device can put on the bus. */
  readonly dma_mask: number;
}
