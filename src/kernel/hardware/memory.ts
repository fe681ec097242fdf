/**
 * Stands for the memory modules, and for the memory that devices put behind them in the address space.
 *
 * Modelled: arrays of bytes, addressed physically by the CPU and by DMA alike.
 */

const memory = { bytes: new Uint8Array(0), device: new Uint8Array(0) };

/** installMemory() - empty memory of the given size in bytes, and no device memory */
export function installMemory(size: number): void {
  memory.bytes = new Uint8Array(size);
  memory.device = new Uint8Array(0);
}

/** installDeviceMemory() - empty memory of the one device that has any; returns its physical address */
export function installDeviceMemory(size: number): number {
  memory.device = new Uint8Array(size);
  return memory.bytes.length;
}

/** physicalBytes() - the bytes at a physical address; writing into them writes memory */
export function physicalBytes(address: number, length: number): Uint8Array {
  const behind = address - memory.bytes.length;
  return behind < 0
    ? memory.bytes.subarray(address, address + length)
    : memory.device.subarray(behind, behind + length);
}
