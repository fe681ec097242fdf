/** Stories of the control group: single blocks of the device, cached in buffers, as metadata needs them. */

import { __bread, brelse, buffer_data, mark_buffer_dirty, sync_dirty_buffer } from "../fs/buffer-bread.ts";
import { block_invalidatepage } from "../fs/buffer-pages.ts";
import type { AddressSpace } from "../include/linux/mm_types.ts";
import { truncate_inode_pages } from "../mm/truncate.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk, firstDifference, type Machine, pattern } from "./machine.ts";

// The device's own page cache, which direct IO of the device does not use.
function deviceCache(machine: Machine): AddressSpace {
  const { i_mapping } = machine.file.f_inode;
  machine.mappings.push(i_mapping);
  return i_mapping;
}

function forget(mapping: AddressSpace): void {
  for (const page of mapping.i_pages.values()) block_invalidatepage(page);
  truncate_inode_pages(mapping, 0);
}

/** changeOneBlock() - a block is read, changed and written; its neighbour in the same page is another buffer */
export function changeOneBlock() {
  const machine = boot();
  fillDisk(machine, 3);
  const mapping = deviceCache(machine);
  const bh = __bread(mapping, 5, 1024);
  const neighbour = __bread(mapping, 6, 1024);
  if (bh === null || neighbour === null) return null;

  const { medium } = machine.disk.controller;
  const read = firstDifference(buffer_data(neighbour), medium.subarray(6 * 1024, 7 * 1024));
  buffer_data(bh).set(pattern(8, 1024));
  mark_buffer_dirty(bh);
  const synced = [sync_dirty_buffer(bh), sync_dirty_buffer(neighbour)];
  const written = firstDifference(medium.subarray(5 * 1024, 6 * 1024), pattern(8, 1024));
  const kept = firstDifference(medium.subarray(6 * 1024, 7 * 1024), buffer_data(neighbour));
  const samePage = bh.b_page === neighbour.b_page;
  brelse(bh);
  brelse(neighbour);
  const whileCached = imbalances(machine);
  forget(mapping);
  return { read, synced, written, kept, samePage, whileCached, imbalances: imbalances(machine) };
}

/** badBlock() - a block that cannot be read is no block; one that cannot be written is an error, and must be read again */
export function badBlock() {
  const machine = boot();
  const mapping = deviceCache(machine);
  const bh = __bread(mapping, 9, 512);
  machine.disk.controller.failingSectors.add(8).add(9);
  const unreadable = __bread(mapping, 8, 512);
  if (bh === null) return null;

  mark_buffer_dirty(bh);
  const written = sync_dirty_buffer(bh);
  machine.disk.controller.failingSectors.clear();
  const again = __bread(mapping, 9, 512) === bh;
  forget(mapping);
  return { unreadable, written, again, imbalances: imbalances(machine) };
}

/** noFrames() - there is no memory for a buffer */
export function noFrames() {
  const machine = boot({ frames: 2 });
  const mapping = deviceCache(machine);
  const first = __bread(mapping, 0, 4096) !== null;
  const second = __bread(mapping, 1, 4096);
  forget(mapping);
  return { first, second, imbalances: imbalances(machine) };
}
