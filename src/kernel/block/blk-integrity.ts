/**
 * Stands for the part of block/blk-integrity.c that registers a disk.
 *
 * Modelled: a disk that keeps protection with its sectors.
 * Left out: profiles: there is one, T10 type 1.
 */

import type { Gendisk } from "../include/linux/blk_types.ts";
import { bio_integrity_prep } from "./bio-integrity.ts";

/** blk_integrity_register() - from now on all bios of the disk are protected */
export function blk_integrity_register(disk: Gendisk): void {
  disk.queue.integrity_prep = bio_integrity_prep;
}
