/**
 * Stands for the memory modules.
 *
 * Modelled: one array of bytes, addressed physically by the CPU and by DMA alike.
 */

const memory = { bytes: new Uint8Array(0) };

/** installMemory() - empty memory of the given size in bytes */
export function installMemory(size: number): void {
  memory.bytes = new Uint8Array(size);
}

/** physicalBytes() - the bytes at a physical address; writing into them writes memory */
export function physicalBytes(address: number, length: number): Uint8Array {
  return memory.bytes.subarray(address, address + length);
}
