/**
 * Stands for the part of block/blk-integrity.c that drivers call.
 *
 * Modelled: the list entry that describes a request's protection.
 * Left out: several pieces of protection: one entry must do, as for NVMe.
 */

import { BUG } from "../include/asm-generic/bug.ts";
import type { Request } from "../include/linux/blk_types.ts";
import { type Scatterlist, sg_mark_end, sg_set_page } from "../include/linux/scatterlist.ts";

/** blk_rq_map_integrity_sg() - describe a request's protection in @sg; false when it has none */
export function blk_rq_map_integrity_sg(rq: Request, sg: Scatterlist): boolean {
  const bip = rq.bio?.bi_integrity ?? null;
  if (bip === null) return false;

  const bvec = bip.bip_vec[0] ?? BUG("a payload without a piece");
  sg_set_page(sg, bvec.bv_page, bvec.bv_len, bvec.bv_offset);
  sg_mark_end(sg);
  return true;
}
