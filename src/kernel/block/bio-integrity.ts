/**
 * Stands for block/bio-integrity.c.
 *
 * Proves: nothing; it is of the control group. A bio's protection is described by an array of its own, with the very same
 * bio_vec and bv_page; what stands there is memory of the kernel's that lives exactly as long as the payload.
 * Hops: bio_integrity_prep() -> bio_integrity_add_page() -> bip.bip_vec[].bv_page -> blk_rq_map_integrity_sg() ->
 * scatterlist, and bip.bip_vec[].bv_page -> bio_integrity_free(): __free_page().
 * Left out: payloads that somebody else has made, more than one page of protection, memory pools.
 */

import { BUG_ON } from "../include/asm-generic/bug.ts";
import { page_address } from "../include/asm-generic/memory_model.ts";
import {
  type Bio,
  type BioIntegrityPayload,
  BLK_STS_OK,
  BLK_STS_RESOURCE,
  type BlkIntegrityIter,
  op_is_write,
} from "../include/linux/blk_types.ts";
import { type BvecIter, bvec_iter_advance, bvec_iter_bvec } from "../include/linux/bvec.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { INIT_WORK, schedule_work, type WorkStruct } from "../kernel/workqueue.ts";
import { __free_page, alloc_page } from "../mm/page_alloc.ts";
import { bio_endio, bio_inc_remaining } from "./bio.ts";
import { T10_PI_TUPLE_SIZE, t10_pi_type1_generate_crc, t10_pi_type1_verify_crc } from "./t10-pi.ts";

const SECTOR = 512;

/** bio_integrity_prep() - give a bio room for its protection, and fill it for a write; false if the bio has ended */
export function bio_integrity_prep(bio: Bio): boolean {
  const len = (bio.bi_iter.bi_size / SECTOR) * T10_PI_TUPLE_SIZE;
  BUG_ON(len > PAGE_SIZE, "a request has more protection than fits into a page");
  const page = alloc_page();
  if (page === null) {
    bio.bi_status = BLK_STS_RESOURCE;
    bio_endio(bio);
    return false;
  }
  const bip = bio_integrity_alloc(bio);
  bio_integrity_add_page(bip, page, len, 0);
  if (op_is_write(bio.bi_opf)) bio_integrity_process(bio, bip, t10_pi_type1_generate_crc);
  return true;
}

function bio_integrity_alloc(bio: Bio): BioIntegrityPayload {
  const bip: BioIntegrityPayload = { bip_vec: [], bio_iter: { ...bio.bi_iter }, bip_endio: bio_integrity_endio };
  bio.bi_integrity = bip;
  return bip;
}

function bio_integrity_add_page(bip: BioIntegrityPayload, page: Page, len: number, offset: number): void {
  bip.bip_vec.push({ bv_page: page, bv_len: len, bv_offset: offset });
}

function bio_integrity_free(bio: Bio): void {
  for (const bvec of bio.bi_integrity?.bip_vec ?? []) __free_page(bvec.bv_page);
  bio.bi_integrity = null;
}

// True if the bio may end now. What was read must be verified first, which takes too long for an interrupt.
function bio_integrity_endio(bio: Bio): boolean {
  if (op_is_write(bio.bi_opf) || bio.bi_status !== BLK_STS_OK) {
    bio_integrity_free(bio);
    return true;
  }
  schedule_work(INIT_WORK(bio_integrity_verify_fn, bio));
  return false;
}

function bio_integrity_verify_fn(work: WorkStruct): void {
  const bio = work.data as Bio;
  if (bio.bi_integrity !== null) {
    bio.bi_status = bio_integrity_process(bio, bio.bi_integrity, t10_pi_type1_verify_crc);
  }
  bio_integrity_free(bio);
  bio_inc_remaining(bio);
  bio_endio(bio);
}

// Sector by sector, over the data as it was when the bio was sent.
function bio_integrity_process(
  bio: Bio,
  bip: BioIntegrityPayload,
  proc_fn: (iter: BlkIntegrityIter) => number,
): number {
  const bviter: BvecIter = { ...bip.bio_iter };
  const protection = bip.bip_vec[0];
  for (let k = 0; ; k++) {
    const bv = bvec_iter_bvec(bio.bi_io_vec, bviter);
    if (bv === null || protection === undefined) return BLK_STS_OK;

    const tuple = protection.bv_offset + k * T10_PI_TUPLE_SIZE;
    const status = proc_fn({
      data_buf: page_address(bv.bv_page).subarray(bv.bv_offset, bv.bv_offset + SECTOR),
      prot_buf: page_address(protection.bv_page).subarray(tuple, tuple + T10_PI_TUPLE_SIZE),
      seed: bip.bio_iter.bi_sector + k,
    });
    if (status !== BLK_STS_OK) return status;
    bvec_iter_advance(bio.bi_io_vec, bviter, SECTOR);
  }
}
