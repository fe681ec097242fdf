/**
 * Stands for mm/swapfile.c and mm/swap_state.c.
 *
 * Modelled: a stretch of a disk as slots of one page each; the swap cache, which holds pages between memory and disk.
 * Left out: clusters, several areas, read-ahead, counts of page table entries that name a slot.
 */

import type { BlockDevice } from "../include/linux/blk_types.ts";
import { get_page } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { PageDirty, PageWriteback } from "../include/linux/page-flags.ts";
import { put_page } from "./swap.ts";

/** The number of a slot. */
export type swp_entry_t = number;

/** A swap area. */
export interface SwapInfoStruct {
  readonly bdev: BlockDevice;
  /** First sector. */
  readonly start: number;
  readonly slots: number;
  readonly swap_map: Set<swp_entry_t>;
  /** Pages on their way to the disk, and those whose way failed; each with a reference. */
  readonly swap_cache: Map<swp_entry_t, Page>;
}

/** swapon() - use @slots pages of a disk from sector @start on */
export function swapon(bdev: BlockDevice, start: number, slots: number): SwapInfoStruct {
  return { bdev, start, slots, swap_map: new Set(), swap_cache: new Map() };
}

/** get_swap_page() - a free slot, null when there is none */
export function get_swap_page(si: SwapInfoStruct): swp_entry_t | null {
  for (let entry = 0; entry < si.slots; entry++) {
    if (si.swap_map.has(entry)) continue;

    si.swap_map.add(entry);
    return entry;
  }
  return null;
}

/** swap_free() - nobody needs what is in a slot */
export function swap_free(si: SwapInfoStruct, entry: swp_entry_t): void {
  si.swap_map.delete(entry);
}

/** add_to_swap_cache() - a page is on its way to a slot */
export function add_to_swap_cache(si: SwapInfoStruct, page: Page, entry: swp_entry_t): void {
  get_page(page);
  page.private = entry;
  si.swap_cache.set(entry, page);
}

/** lookup_swap_cache() - the page that is still on its way to a slot, null when there is none */
export function lookup_swap_cache(si: SwapInfoStruct, entry: swp_entry_t): Page | null {
  return si.swap_cache.get(entry) ?? null;
}

/** try_to_free_swap() - a page that has reached its slot leaves the swap cache; false if it has not */
export function try_to_free_swap(si: SwapInfoStruct, entry: swp_entry_t): boolean {
  const page = si.swap_cache.get(entry);
  if (page === undefined) return true;
  if (PageWriteback(page) || PageDirty(page)) return false;

  page.private = null;
  si.swap_cache.delete(entry);
  put_page(page);
  return true;
}
