/**
 * Stands for a solid-state disk behind an NVMe controller; no kernel file.
 *
 * Modelled: commands that take random time and finish out of order, DMA in both directions at the moment of
 * completion, sectors that fail, an interrupt that covers all completions of a short while.
 * Left out: the register interface: commands are objects.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

/** Read sectors into memory. */
export const nvme_cmd_read = 0x02;
/** Write sectors from memory. */
export const nvme_cmd_write = 0x01;

/** The command was carried out. */
export const NVME_SC_SUCCESS = 0x0;
/** The command was given up: the device is gone. */
export const NVME_SC_ABORT_REQ = 0x7;
/** There are no such sectors. */
export const NVME_SC_LBA_RANGE = 0x80;
/** The medium could not be written. */
export const NVME_SC_WRITE_FAULT = 0x280;
/** The medium could not be read. */
export const NVME_SC_READ_ERROR = 0x281;

const METADATA = 8;
const INTERRUPT_COALESCING = 3;
const FASTEST = 20;
const SPREAD = 180;

/** A range of memory as the device sees it. */
export interface DmaRange {
  readonly address: number;
  readonly length: number;
}

/** A command in the submission queue. */
export interface NvmeCommand {
  readonly command_id: number;
  readonly opcode: number;
  /** First sector. */
  readonly slba: number;
  readonly ranges: readonly DmaRange[];
  /** Where the sectors' protection is or goes; nowhere if nobody asks for it. */
  readonly metadata: readonly DmaRange[];
}

/** An entry of the completion queue. */
export interface NvmeCompletion {
  readonly command_id: number;
  readonly status: number;
}

/** The device. */
export interface NvmeController {
  readonly medium: Uint8Array;
  /** Eight bytes for each sector, kept as they come. */
  readonly metadata: Uint8Array;
  /** Sectors of the largest command. */
  readonly mdts: number;
  readonly failingSectors: Set<number>;
  readonly completions: NvmeCompletion[];
  interrupt: () => void;
  interruptPending: boolean;
  /** False after the device was pulled out. */
  present: boolean;
}

/** createController() - a device with empty sectors of 512 bytes, @mdts of which are the most for one command */
export function createController(sectors: number, mdts: number): NvmeController {
  return {
    medium: new Uint8Array(sectors * 512),
    metadata: new Uint8Array(sectors * METADATA).fill(0xff),
    mdts,
    failingSectors: new Set(),
    completions: [],
    interrupt: () => {},
    interruptPending: false,
    present: true,
  };
}

/** pullOut() - the device is gone: it touches no memory and raises no interrupt from now on */
export function pullOut(controller: NvmeController): void {
  controller.present = false;
}

/** ringDoorbell() - the device starts on a command */
export function ringDoorbell(controller: NvmeController, command: NvmeCommand): void {
  after(FASTEST + randomBelow(SPREAD), () => finish(controller, command));
}

function finish(controller: NvmeController, command: NvmeCommand): void {
  if (!controller.present) return;

  const status = execute(controller, command);
  controller.completions.push({ command_id: command.command_id, status });
  if (controller.interruptPending) return;

  controller.interruptPending = true;
  after(INTERRUPT_COALESCING, () => {
    controller.interruptPending = false;
    if (controller.present) controller.interrupt();
  });
}

function execute(controller: NvmeController, command: NvmeCommand): number {
  const status = transferData(controller, command);
  if (status === NVME_SC_SUCCESS) transferMetadata(controller, command);
  return status;
}

function transferMetadata(controller: NvmeController, { opcode, slba, metadata }: NvmeCommand): void {
  for (const { address, length } of metadata) {
    const memory = physicalBytes(address, length);
    const kept = controller.metadata.subarray(slba * METADATA, slba * METADATA + length);
    if (opcode === nvme_cmd_write) kept.set(memory);
    else memory.set(kept);
  }
}

function transferData(controller: NvmeController, { opcode, slba, ranges }: NvmeCommand): number {
  const writing = opcode === nvme_cmd_write;
  let position = slba * 512;
  const bytes = ranges.reduce((sum, { length }) => sum + length, 0);
  if (position + bytes > controller.medium.length) return NVME_SC_LBA_RANGE;

  for (const { address, length } of ranges) {
    if (touchesFailingSector(controller, position, length)) return writing ? NVME_SC_WRITE_FAULT : NVME_SC_READ_ERROR;

    const memory = physicalBytes(address, length);
    const sectors = controller.medium.subarray(position, position + length);
    if (writing) sectors.set(memory);
    else memory.set(sectors);
    position += length;
  }
  return NVME_SC_SUCCESS;
}

function touchesFailingSector(controller: NvmeController, position: number, length: number): boolean {
  for (const sector of controller.failingSectors) {
    if (sector * 512 < position + length && position < (sector + 1) * 512) return true;
  }
  return false;
}
