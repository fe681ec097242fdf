/**
 * Stands for block/scsi_ioctl.c.
 *
 * Modelled: SG_IO: a process sends a command of its own to the disk and waits; its data goes directly or by way of copies.
 * Left out: command bytes and permissions: a command is read or write and where; sense data, time-outs.
 */

import { type Gendisk, REQ_OP_SCSI_IN, REQ_OP_SCSI_OUT } from "../include/linux/blk_types.ts";
import { EIO, ENODEV } from "../include/linux/errno.ts";
import { type Iovec, READ, WRITE } from "../include/linux/uio.ts";
import { import_iovec } from "../lib/iov_iter_copy.ts";
import type { RqMapData } from "./bio-copy.ts";
import { blk_status_to_errno } from "./blk-core.ts";
import { blk_execute_rq } from "./blk-exec.ts";
import { blk_rq_map_user_iov, blk_rq_unmap_user } from "./blk-map.ts";
import { blk_mq_alloc_request, blk_mq_free_request } from "./blk-mq.ts";

/** A command. */
export interface SgIoHdr {
  readonly dxfer_direction: "SG_DXFER_TO_DEV" | "SG_DXFER_FROM_DEV";
  readonly dxferp: readonly Iovec[];
  /** First sector, which a real command has in its bytes. */
  readonly lba: number;
}

/** sg_io() - carry a command out; @map_data are pages that a driver keeps for this; returns 0 or a negative errno */
export function sg_io(disk: Gendisk, hdr: SgIoHdr, map_data: RqMapData | null): number {
  const { queue: q } = disk;
  const writing = hdr.dxfer_direction === "SG_DXFER_TO_DEV";
  const iter = import_iovec(writing ? WRITE : READ, hdr.dxferp);
  if (iter.count > q.max_sectors << 9) return -EIO;
  if (q.dying) return -ENODEV;

  const rq = blk_mq_alloc_request(q, writing ? REQ_OP_SCSI_OUT : REQ_OP_SCSI_IN);
  rq.__sector = hdr.lba;
  const ret = blk_rq_map_user_iov(rq, map_data, iter);
  if (ret !== 0) {
    blk_mq_free_request(rq);
    return ret;
  }
  // By its end the request has forgotten its bios.
  const { bio } = rq;
  const status = blk_execute_rq(rq);
  const unmapped = blk_rq_unmap_user(bio);
  blk_mq_free_request(rq);
  return blk_status_to_errno(status) || unmapped;
}
