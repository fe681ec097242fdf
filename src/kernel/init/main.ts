/**
 * Stands for init/main.c.
 *
 * Modelled: bringing a machine with one disk up; everything the kernel keeps globally starts over.
 * Left out: the rest.
 */

import { init_bio } from "../block/bio.ts";
import { blk_init } from "../block/blk-core.ts";
import { nvme_probe } from "../drivers/nvme/host/pci.ts";
import { resetClock } from "../hardware/clock.ts";
import { createController, type NvmeController } from "../hardware/nvme-controller.ts";
import { seedRandom } from "../hardware/random.ts";
import type { BlockDevice } from "../include/linux/blk_types.ts";
import { dma_init } from "../kernel/dma/direct.ts";
import { sched_init } from "../kernel/sched/core.ts";
import { irq_init } from "../kernel/softirq.ts";
import { workqueue_init } from "../kernel/workqueue.ts";
import { mem_init } from "../mm/page_alloc.ts";
import { type PinDetector, page_pinning_init } from "../mm/page_pinning.ts";
import { pagecache_init } from "../mm/page-writeback.ts";
import { kmem_cache_init } from "../mm/slub.ts";

/** How the machine is equipped. `sectors` are of 512 bytes, `mdts` of them go into one command; `seed` decides what hardware does by chance. */
export interface Equipment {
  readonly frames: number;
  readonly sectors: number;
  readonly mdts: number;
  readonly seed: number;
  /** What watches pins; none is the machine of 4.19. */
  readonly detectors: readonly PinDetector[];
}

/** A running machine's disk: as hardware and as the kernel sees it. */
export interface Disk {
  readonly controller: NvmeController;
  readonly bdev: BlockDevice;
}

/** start_kernel() - bring the machine up */
export function start_kernel({ frames, sectors, mdts, seed, detectors }: Equipment): Disk {
  seedRandom(seed);
  resetClock();
  page_pinning_init(detectors);
  mem_init(frames);
  kmem_cache_init();
  irq_init();
  sched_init();
  workqueue_init();
  dma_init();
  pagecache_init();
  init_bio();
  blk_init();
  const controller = createController(sectors, mdts);
  return { controller, bdev: { bd_disk: nvme_probe(controller) } };
}
