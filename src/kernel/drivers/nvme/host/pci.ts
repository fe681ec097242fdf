/**
 * Stands for drivers/nvme/host/pci.c and core.c.
 *
 * Modelled: a request becomes a scatter-gather list, DMA addresses and a command; the interrupt ends requests, and
 * the removal of the device ends those that it has not finished. The driver borrows the pages: it never takes or drops a
 * reference.
 * Left out: PRP lists, several queues, polling, resets, time-outs.
 */

import { blk_set_queue_dying } from "../../../block/blk-core.ts";
import { blk_rq_map_integrity_sg } from "../../../block/blk-integrity-sg.ts";
import { blk_rq_map_sg, blk_rq_nr_phys_segments } from "../../../block/blk-merge.ts";
import {
  blk_mq_complete_request,
  blk_mq_end_request,
  blk_mq_init_queue,
  blk_mq_tag_to_rq,
} from "../../../block/blk-mq.ts";
import {
  type DmaRange,
  NVME_SC_ABORT_REQ,
  NVME_SC_SUCCESS,
  type NvmeController,
  nvme_cmd_read,
  nvme_cmd_write,
  ringDoorbell,
} from "../../../hardware/nvme-controller.ts";
import { BUG } from "../../../include/asm-generic/bug.ts";
import {
  BLK_STS_IOERR,
  BLK_STS_MEDIUM,
  BLK_STS_OK,
  type Gendisk,
  op_is_write,
  type Request,
  type RequestQueue,
} from "../../../include/linux/blk_types.ts";
import { type Scatterlist, sg_is_last } from "../../../include/linux/scatterlist.ts";
import { dma_map_sg, dma_unmap_sg } from "../../../kernel/dma/direct.ts";
import { irq_enter, irq_exit } from "../../../kernel/softirq.ts";
import { sg_init_table } from "../../../lib/scatterlist.ts";

interface NvmeIod {
  readonly sg: readonly Scatterlist[];
  /** The request's protection, in one entry; none if it has none. */
  readonly meta_sg: readonly Scatterlist[];
  status: number;
}

/** nvme_probe() - a disk for a controller that was found */
export function nvme_probe(controller: NvmeController): Gendisk {
  const limits = { max_sectors: controller.mdts, logical_block_size: 512, dma_alignment: 511, nr_tags: 8 };
  const queue = blk_mq_init_queue({ queue_rq: nvme_queue_rq, complete: nvme_pci_complete_rq }, limits, controller);
  controller.interrupt = () => nvme_irq(queue);
  return { disk_name: "nvme0n1", queue, capacity: controller.medium.length / 512 };
}

/** nvme_remove() - the device was pulled out: requests in flight end with an error, later ones are refused */
export function nvme_remove(disk: Gendisk): void {
  const { queue } = disk;
  blk_set_queue_dying(queue);
  disk.capacity = 0;
  nvme_process_cq(queue);
  for (const req of queue.tags) if (req !== null) nvme_cancel_request(req);
}

function nvme_queue_rq(req: Request): number {
  const controller = req.q.queuedata as NvmeController;
  if (!controller.present) return BLK_STS_IOERR;

  const iod = nvme_map_data(req);
  req.pdu = iod;
  ringDoorbell(controller, {
    command_id: req.tag,
    opcode: op_is_write(req.cmd_flags) ? nvme_cmd_write : nvme_cmd_read,
    slba: req.__sector,
    ranges: iod.sg.map(dma_range),
    metadata: iod.meta_sg.map(dma_range),
  });
  return BLK_STS_OK;
}

function nvme_map_data(req: Request): NvmeIod {
  const table = sg_init_table(blk_rq_nr_phys_segments(req));
  const nents = blk_rq_map_sg(req, table);
  const sg = table.slice(0, nents);
  dma_map_sg(sg);
  const meta_sg = sg_init_table(1).filter((entry) => blk_rq_map_integrity_sg(req, entry));
  dma_map_sg(meta_sg);
  return { sg, meta_sg, status: NVME_SC_SUCCESS };
}

function dma_range(sg: Scatterlist): DmaRange {
  return { address: sg.dma_address, length: sg.length };
}

function nvme_irq(queue: RequestQueue): void {
  irq_enter();
  nvme_process_cq(queue);
  irq_exit();
}

function nvme_process_cq(queue: RequestQueue): void {
  const { completions } = queue.queuedata as NvmeController;
  for (const { command_id, status } of completions.splice(0)) {
    const req = blk_mq_tag_to_rq(queue, command_id) ?? BUG(`completion for free tag ${command_id}`);
    const iod = req.pdu as NvmeIod;
    iod.status = status;
    blk_mq_complete_request(req);
  }
}

// A request that has a tag but has not reached the device yet ends when the device refuses it.
function nvme_cancel_request(req: Request): void {
  if (req.pdu === null) return;

  const iod = req.pdu as NvmeIod;
  iod.status = NVME_SC_ABORT_REQ;
  blk_mq_complete_request(req);
}

function nvme_pci_complete_rq(req: Request): void {
  nvme_unmap_data(req);
  nvme_complete_rq(req);
}

function nvme_unmap_data(req: Request): void {
  const { sg, meta_sg } = req.pdu as NvmeIod;
  if (!sg.some(sg_is_last)) BUG("a scatter-gather list without an end");
  dma_unmap_sg(sg);
  dma_unmap_sg(meta_sg);
}

function nvme_complete_rq(req: Request): void {
  const { status } = req.pdu as NvmeIod;
  // Its sender may keep the tag a little longer: the device has nothing to do with it any more.
  req.pdu = null;
  blk_mq_end_request(req, nvme_error_status(status));
}

function nvme_error_status(status: number): number {
  if (status === NVME_SC_SUCCESS) return BLK_STS_OK;
  return status === NVME_SC_ABORT_REQ ? BLK_STS_IOERR : BLK_STS_MEDIUM;
}
