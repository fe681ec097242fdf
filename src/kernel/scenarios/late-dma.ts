/**
 * The bug behind it all: writeback cleans the pages of a file while a device is still writing to them.
 *
 * page_mkclean() makes sure that the next write of a process is heard of. A device writes without a fault, so the file
 * system takes the pages for clean, memory pressure takes their buffers, and set_page_dirty() at the end of the IO finds
 * none. Who can tell that a page is pinned can leave its buffers where they are.
 */

import { userLoad } from "../arch/x86/fault.ts";
import { ext2_populate } from "../fs/ext2/inode.ts";
import { type Ext4Version, ext4_open, ext4_sync_file } from "../fs/ext4/inode.ts";
import { do_writepages } from "../fs/fs-writeback.ts";
import { startCapture } from "../hardware/capture-card.ts";
import { page_to_phys, pfn_to_page } from "../include/asm-generic/memory_model.ts";
import type { Inode } from "../include/linux/fs.ts";
import { PAGE_SIZE, VM_SHARED } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { filemap_fdatawait } from "../mm/filemap-write.ts";
import { mmap_region } from "../mm/mmap.ts";
import type { PinDetector } from "../mm/page_pinning.ts";
import { set_page_dirty_lock } from "../mm/page-writeback.ts";
import { put_page, put_user_pages_dirty_lock } from "../mm/swap.ts";
import { shrink_mapping } from "../mm/vmscan.ts";
import { imbalances } from "./imbalances.ts";
import { boot, createFile, fillDisk, firstDifference, type Machine, pattern, READ_WRITE, settle } from "./machine.ts";
import { pinned } from "./pinning.ts";

const BLOCKS = [8, 9];
const LENGTH = BLOCKS.length * PAGE_SIZE;
const ADDRESS = 64 * PAGE_SIZE;
// Longer than any write to the disk takes.
const FRAME_TIME = 5000;

/** Where a story plays, and how its driver releases. */
export interface LateDma {
  readonly version: Ext4Version;
  readonly detectors: readonly PinDetector[];
  readonly release: (pages: Page[]) => void;
}

/** rightly() - as the patch under discussion has it */
export function rightly(pages: Page[]): void {
  put_user_pages_dirty_lock(pages, pages.length);
}

/** plainly() - as if the pages were nobody's in particular */
export function plainly(pages: Page[]): void {
  for (const { pfn } of pages) {
    set_page_dirty_lock(pfn_to_page(pfn));
    put_page(pfn_to_page(pfn));
  }
}

/** captureIntoFile() - a frame is captured into a mapped file, which is written back and short of memory meanwhile */
export function captureIntoFile({ version, detectors, release }: LateDma) {
  const machine = boot({ detectors });
  const frame = pattern(9, LENGTH);
  const inode = mappedFile(machine, version);
  const pages = pinned(ADDRESS, BLOCKS.length);
  startCapture(pages.map(page_to_phys), frame, FRAME_TIME);

  const cleaned = do_writepages(inode.i_mapping);
  filemap_fdatawait(inode.i_mapping);
  const torn = firstDifference(onDisk(machine), frame) === LENGTH / 2;
  const buffersTaken = shrink_mapping(inode.i_mapping);

  settle();
  release(pages);
  const seen = firstDifference(userLoad(machine.task.mm, ADDRESS, LENGTH), frame);
  const synced = syncOrBug(inode);
  const lost = firstDifference(onDisk(machine), frame);
  const buffersTakenAfter = shrink_mapping(inode.i_mapping);
  return { cleaned, torn, buffersTaken, seen, synced, lost, buffersTakenAfter, imbalances: imbalances(machine) };
}

function mappedFile(machine: Machine, version: Ext4Version): Inode {
  fillDisk(machine, 3);
  const { f_inode } = ext4_open(createFile(machine, 12, []).f_inode, version);
  ext2_populate(f_inode, BLOCKS);
  machine.mappings.push(f_inode.i_mapping);
  mmap_region(machine.task.mm, ADDRESS, LENGTH, READ_WRITE | VM_SHARED, f_inode.i_mapping);
  return f_inode;
}

function onDisk(machine: Machine): Uint8Array {
  return machine.disk.controller.medium.subarray(8 * PAGE_SIZE, 8 * PAGE_SIZE + LENGTH);
}

function syncOrBug(inode: Inode): number | string {
  try {
    return ext4_sync_file(inode);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
