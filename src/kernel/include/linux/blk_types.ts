/**
 * Stands for include/linux/blk_types.h, and for the structs of blkdev.h, blk-mq.h and genhd.h that refer to one another.
 *
 * Modelled: bio, request, queue, disk, block device.
 * Left out: partitions, several hardware queues, plugging, schedulers, integrity data.
 */

import type { TaskStruct } from "../../kernel/sched/core.ts";
import type { BioVec, BvecIter } from "./bvec.ts";

/** Read from the device. */
export const REQ_OP_READ = 0;
/** Write to the device. */
export const REQ_OP_WRITE = 1;
/** A command that reads, made by somebody else than the block layer. */
export const REQ_OP_SCSI_IN = 32;
/** A command that writes, made by somebody else than the block layer. */
export const REQ_OP_SCSI_OUT = 33;

/** Everything went well. */
export const BLK_STS_OK = 0;
/** The device could not read or write the medium. */
export const BLK_STS_MEDIUM = 7;
/** What was read does not match its protection. */
export const BLK_STS_PROTECTION = 8;
/** No memory for it. */
export const BLK_STS_RESOURCE = 9;
/** Any other failure. */
export const BLK_STS_IOERR = 10;

/** This bio shares its pages' array with the bio it was cloned from, and holds none of the pages. */
export const BIO_CLONED = 1 << 0;

/** The pages are lent: whoever pinned them keeps the pin, and completion must not release them. Linux 5.1. */
export const BIO_NO_PAGE_REF = 1 << 1;

/** The pages are a process's, pinned for this bio. Its opposite has no flag: then they are copies. */
export const BIO_USER_MAPPED = 1 << 2;
/** The pages are not this bio's to copy to or from: whoever gave them does it. */
export const BIO_NULL_MAPPED = 1 << 3;

/** Some of the pages are in the place of others, which the device cannot reach; bi_private is the original bio. */
export const BIO_BOUNCED = 1 << 4;

/** Most pieces that one bio can have. */
export const BIO_MAX_PAGES = 256;

/** One IO to one range of sectors, from or into a list of pieces of pages. */
export interface Bio {
  /** The next bio of the same request. */
  bi_next: Bio | null;
  bi_disk: Gendisk | null;
  bi_opf: number;
  bi_flags: number;
  bi_status: number;
  readonly bi_iter: BvecIter;
  bi_end_io: ((bio: Bio) => void) | null;
  /** The owner's: during classic direct IO the dio, afterwards a link of the list of finished bios. */
  bi_private: unknown;
  /** The protection of the bio's data; in C a union with what few bios have instead. */
  bi_integrity: BioIntegrityPayload | null;
  readonly bi_max_vecs: number;
  readonly bi_io_vec: BioVec[];
  /** Completions still to come: one for itself, one for each split-off piece. */
  __bi_remaining: number;
  __bi_cnt: number;
}

/** Protection of a bio's data, in memory of its own. */
export interface BioIntegrityPayload {
  readonly bip_vec: BioVec[];
  /** What the bio was to do when it was sent. */
  readonly bio_iter: BvecIter;
  /** Called when the bio ends; false if it will end later. C calls bio_integrity_endio(). */
  readonly bip_endio: (bio: Bio) => boolean;
}

/** One sector and its protection. */
export interface BlkIntegrityIter {
  readonly data_buf: Uint8Array;
  readonly prot_buf: Uint8Array;
  readonly seed: number;
}

/** A disk. */
export interface Gendisk {
  readonly disk_name: string;
  readonly queue: RequestQueue;
  /** In sectors. */
  capacity: number;
}

/** What a disk's queue does with a bio, and within which limits. */
export interface RequestQueue {
  readonly make_request_fn: (q: RequestQueue, bio: Bio) => void;
  readonly mq_ops: BlkMqOps;
  /** Sectors of the largest request. */
  readonly max_sectors: number;
  /** Bytes of the smallest addressable unit. */
  readonly logical_block_size: number;
  /** Low bits that an address of memory must not have, nor its length. */
  readonly dma_alignment: number;
  /** The highest frame that the device reaches, and what is done about others; C tests the one and calls the other. */
  bounce_pfn: number;
  bounce: ((q: RequestQueue, bio: Bio) => Bio) | null;
  /** Set if the disk keeps protection; false if the bio has ended. C tests a profile and calls bio_integrity_prep(). */
  integrity_prep: ((bio: Bio) => boolean) | null;
  /** One slot for each request in flight; null is a free slot. */
  readonly tags: (Request | null)[];
  readonly tag_waiters: TaskStruct[];
  /** The disk is gone, see blk_set_queue_dying(). */
  dying: boolean;
  /** The driver's own. */
  readonly queuedata: unknown;
}

/** What a driver is asked to do. */
export interface Request {
  readonly q: RequestQueue;
  readonly tag: number;
  /** Bios linked by bi_next, and the last of them; none once all have ended. */
  bio: Bio | null;
  biotail: Bio | null;
  cmd_flags: number;
  __sector: number;
  /** Whoever sent the request itself, and not a bio, is told here and puts it. */
  end_io: ((rq: Request, error: number) => void) | null;
  end_io_data: unknown;
  /** The driver's own data, which C keeps behind the request (blk_mq_rq_to_pdu). */
  pdu: unknown;
}

/** A driver's functions. */
export interface BlkMqOps {
  readonly queue_rq: (rq: Request) => number;
  readonly complete: (rq: Request) => void;
}

/** A disk as a file sees it. */
export interface BlockDevice {
  readonly bd_disk: Gendisk;
}

/** bdev_logical_block_size() - bytes of the smallest addressable unit */
export function bdev_logical_block_size(bdev: BlockDevice): number {
  return bdev.bd_disk.queue.logical_block_size;
}

/** op_is_write() - does the IO change the device */
export function op_is_write(op: number): boolean {
  return (op & 1) !== 0;
}

/** bio_is_passthrough() - is it part of a command that somebody else than the block layer has made */
export function bio_is_passthrough(bio: Bio): boolean {
  return bio.bi_opf === REQ_OP_SCSI_IN || bio.bi_opf === REQ_OP_SCSI_OUT;
}
