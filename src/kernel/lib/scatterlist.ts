/**
 * Stands for lib/scatterlist.c.
 *
 * Modelled: a table of entries.
 * Left out: chained tables.
 */

import type { Scatterlist } from "../include/linux/scatterlist.ts";

/** sg_init_table() - @nents empty entries */
export function sg_init_table(nents: number): Scatterlist[] {
  return Array.from({ length: nents }, () => ({ page_link: 0, offset: 0, length: 0, dma_address: 0 }));
}
