/**
 * Stands for a device that is given to user space whole: registers, interrupt and DMA; no kernel file.
 *
 * Modelled: a copy engine whose addresses the IOMMU translates; an interrupt for each copy.
 */

import { after } from "./clock.ts";
import { deviceBytes, type IommuDomain } from "./iommu.ts";
import { randomBelow } from "./random.ts";

const FASTEST = 5;
const SPREAD = 40;

/** One copy, from and to the device's addresses. */
export interface DmaCopy {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly length: number;
}

/** What became of a copy; after a fault the rest of it is not copied. */
export interface CopyOutcome {
  readonly id: number;
  readonly fault: boolean;
}

/** The device. */
export interface PassthroughDevice {
  readonly domain: IommuDomain;
  readonly outcomes: CopyOutcome[];
  interrupt: () => void;
}

/** createPassthroughDevice() - a device that sees what @domain lets it see */
export function createPassthroughDevice(domain: IommuDomain): PassthroughDevice {
  return { domain, outcomes: [], interrupt: () => {} };
}

/** startCopy() - user space writes the device's registers; the kernel is not asked */
export function startCopy(device: PassthroughDevice, copy: DmaCopy): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    device.outcomes.push({ id: copy.id, fault: !execute(device.domain, copy) });
    device.interrupt();
  });
}

function execute(domain: IommuDomain, { source, target, length }: DmaCopy): boolean {
  for (let done = 0; done < length; ) {
    const from = deviceBytes(domain, source + done, length - done, false);
    const to = from === null ? null : deviceBytes(domain, target + done, from.length, true);
    if (from === null || to === null) return false;

    to.set(from.subarray(0, to.length));
    done += to.length;
  }
  return true;
}
