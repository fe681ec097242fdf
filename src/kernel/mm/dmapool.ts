/**
 * Stands for mm/dmapool.c.
 *
 * Modelled: small blocks of one page, which the driver writes and the device reads.
 * Left out: a second page.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { page_address, page_to_phys } from "../include/asm-generic/memory_model.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { __free_page, alloc_page } from "./page_alloc.ts";

/** Blocks of `size` bytes. */
export interface DmaPool {
  readonly page: Page;
  readonly size: number;
  /** Where the free blocks begin. */
  readonly free: number[];
}

/** A block as the driver and as the device see it. */
export interface DmaBlock {
  readonly kvaddr: Uint8Array;
  readonly dma_addr: number;
}

/** dma_pool_create() - a page of blocks, null when memory has run out */
export function dma_pool_create(size: number): DmaPool | null {
  const page = alloc_page();
  if (page === null) return null;

  return { page, size, free: Array.from({ length: PAGE_SIZE / size }, (_, k) => k * size) };
}

/** dma_pool_alloc() - a block, null when all are in use */
export function dma_pool_alloc(pool: DmaPool): DmaBlock | null {
  const offset = pool.free.pop();
  if (offset === undefined) return null;

  const kvaddr = page_address(pool.page).subarray(offset, offset + pool.size);
  return { kvaddr, dma_addr: page_to_phys(pool.page) + offset };
}

/** dma_pool_free() - give a block back */
export function dma_pool_free(pool: DmaPool, dma_addr: number): void {
  const offset = dma_addr - page_to_phys(pool.page);
  BUG_ON(pool.free.includes(offset), `block ${offset} of a pool is free already`);
  pool.free.push(offset);
}

/** dma_pool_destroy() - the end of a pool whose blocks are all free */
export function dma_pool_destroy(pool: DmaPool): void {
  BUG_ON(pool.free.length * pool.size !== PAGE_SIZE, "a pool ends whose blocks are in use");
  __free_page(pool.page);
}
