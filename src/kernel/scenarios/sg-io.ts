/** Stories of path 7: commands of a process's own, whose data goes directly or by way of copies, as its memory lies. */

import { userLoad } from "../arch/x86/fault.ts";
import type { RqMapData } from "../block/bio-copy.ts";
import { type SgIoHdr, sg_io } from "../block/scsi_ioctl.ts";
import { nvme_remove } from "../drivers/nvme/host/pci.ts";
import { write_cache_pages } from "../fs/fs-writeback.ts";
import { after } from "../hardware/clock.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  fillDisk,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_WRITE,
} from "./machine.ts";

function command(dxfer_direction: SgIoHdr["dxfer_direction"], address: number, length: number, lba: number): SgIoHdr {
  return { dxfer_direction, dxferp: [{ iov_base: address, iov_len: length }], lba };
}

function send(machine: Machine, hdr: SgIoHdr, map_data: RqMapData | null = null): number {
  return sg_io(machine.disk.bdev.bd_disk, hdr, map_data);
}

/** readAndWrite() - two pages to the disk and back; aligned memory is pinned meanwhile, other memory is not */
export function readAndWrite(offset: number) {
  const machine = boot();
  fillDisk(machine, 3);
  const source = filledBuffer(machine, 16, 4, 5) + offset;
  const target = mapBuffer(machine, 32, 4, READ_WRITE) + offset;
  const length = 2 * PAGE_SIZE;
  const pinnedMeanwhile: number[] = [];
  after(10, () => pinnedMeanwhile.push(imbalances(machine).filter((line) => line.endsWith("1 owners")).length));
  const written = send(machine, command("SG_DXFER_TO_DEV", source, length, 64));
  const read = send(machine, command("SG_DXFER_FROM_DEV", target, length, 64));
  const onDisk = machine.disk.controller.medium.subarray(64 * 512, 64 * 512 + length);
  return {
    written,
    read,
    stored: firstDifference(onDisk, pattern(5, offset + length).subarray(offset)),
    difference: firstDifference(userLoad(machine.task.mm, target, length), onDisk),
    pinnedMeanwhile,
    imbalances: imbalances(machine),
  };
}

/** manyRanges() - ranges that go on within one page become one piece, with one pin */
export function manyRanges() {
  const machine = boot();
  fillDisk(machine, 4);
  const start = mapBuffer(machine, 16, 4, READ_WRITE);
  const dxferp = [
    { iov_base: start, iov_len: 512 },
    { iov_base: start + 512, iov_len: 1024 },
    { iov_base: start + 2 * PAGE_SIZE, iov_len: PAGE_SIZE + 512 },
  ];
  const read = send(machine, { dxfer_direction: "SG_DXFER_FROM_DEV", dxferp, lba: 8 });
  const bytes = dxferp.flatMap((range) => [...userLoad(machine.task.mm, range.iov_base, range.iov_len)]);
  const onDisk = machine.disk.controller.medium.subarray(8 * 512, 8 * 512 + bytes.length);
  return { read, difference: firstDifference(Uint8Array.from(bytes), onDisk), imbalances: imbalances(machine) };
}

/** reservedPages() - a driver lends its own pages to the command: neither pinned nor freed */
export function reservedPages() {
  const machine = boot();
  fillDisk(machine, 4);
  const pages = [alloc_page(), alloc_page()].filter((page): page is Page => page !== null);
  machine.holders.push(() => pages.map(({ pfn }) => pfn));
  const target = mapBuffer(machine, 16, 3, READ_WRITE) + 100;
  const hdr = command("SG_DXFER_FROM_DEV", target, 2 * PAGE_SIZE, 8);
  const read = send(machine, hdr, { pages, offset: 0, null_mapped: false });
  const onDisk = machine.disk.controller.medium.subarray(8 * 512, 8 * 512 + 2 * PAGE_SIZE);
  const copied = firstDifference(userLoad(machine.task.mm, target, 2 * PAGE_SIZE), onDisk);
  fillDisk(machine, 6);
  send(machine, hdr, { pages, offset: 0, null_mapped: true });
  const leftToDriver = firstDifference(userLoad(machine.task.mm, target, PAGE_SIZE), onDisk) !== null;
  const inReserve = pages.map((page) => firstDifference(page_address(page), onDisk.subarray(0, PAGE_SIZE)))[0];
  const tooLong = send(machine, command("SG_DXFER_FROM_DEV", target, 2 * PAGE_SIZE + 4, 8), {
    pages,
    offset: 0,
    null_mapped: false,
  });
  const held = imbalances(machine);
  for (const page of pages.splice(0)) put_page(page);
  return { read, copied, leftToDriver, inReserve, tooLong, held, imbalances: imbalances(machine) };
}

/** badMemory() - memory with a hole, pinned as far as it goes and then given back; or copied as far as it goes */
export function badMemory() {
  const machine = boot();
  const start = filledBuffer(machine, 16, 2, 1);
  return {
    pinned: send(machine, command("SG_DXFER_FROM_DEV", start, 4 * PAGE_SIZE, 8)),
    copiedIn: send(machine, command("SG_DXFER_TO_DEV", start + 4, 4 * PAGE_SIZE, 8)),
    copiedOut: send(machine, command("SG_DXFER_FROM_DEV", start + 4, 4 * PAGE_SIZE, 8)),
    nothing: send(machine, command("SG_DXFER_FROM_DEV", start, 0, 8)),
    imbalances: imbalances(machine),
  };
}

/** badDevice() - a bad sector, sectors that do not exist, more than a request can hold, a disk that is pulled out */
export function badDevice(offset: number) {
  const machine = boot();
  const buffer = filledBuffer(machine, 16, 40, 1) + offset;
  const { controller, bdev } = machine.disk;
  controller.failingSectors.add(20);
  const badSector = send(machine, command("SG_DXFER_FROM_DEV", buffer, 2 * PAGE_SIZE, 16));
  const beyond = send(machine, command("SG_DXFER_TO_DEV", buffer, PAGE_SIZE, 4095));
  const tooLarge = send(machine, command("SG_DXFER_TO_DEV", buffer, 33 * PAGE_SIZE, 0));
  after(5, () => {
    controller.present = false;
    nvme_remove(bdev.bd_disk);
  });
  const removed = send(machine, command("SG_DXFER_FROM_DEV", buffer, PAGE_SIZE, 16));
  const gone = send(machine, command("SG_DXFER_FROM_DEV", buffer, PAGE_SIZE, 16));
  return { badSector, beyond, tooLarge, removed, gone, imbalances: imbalances(machine) };
}

/** noFrames() - copies need frames of their own */
export function noFrames() {
  const machine = boot({ frames: 6 });
  const buffer = filledBuffer(machine, 16, 3, 1);
  const copied = send(machine, command("SG_DXFER_TO_DEV", buffer + 4, 3 * PAGE_SIZE - 4, 8));
  const pinned = send(machine, command("SG_DXFER_TO_DEV", buffer, 3 * PAGE_SIZE, 8));
  return { copied, pinned, imbalances: imbalances(machine) };
}

/** writebackMeanwhile() - the pages of a file are cleaned while the device writes to them: unmapping dirties them */
export function writebackMeanwhile() {
  const machine = boot();
  const mapping = mapFile(machine, 16, 2);
  after(10, () => write_cache_pages(mapping));
  const read = send(machine, command("SG_DXFER_FROM_DEV", 16 * PAGE_SIZE, 2 * PAGE_SIZE, 8));
  return { read, dirty: write_cache_pages(mapping), imbalances: imbalances(machine) };
}
