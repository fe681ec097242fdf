/**
 * Stands for block/t10-pi.c.
 *
 * Modelled: eight bytes for each sector: its checksum, a tag that says whether there is one, and its number.
 * Left out: the other types of protection; numbers that the block layer changes on the way.
 */

import { BLK_STS_OK, BLK_STS_PROTECTION, type BlkIntegrityIter } from "../include/linux/blk_types.ts";
import { crc_t10dif } from "../lib/crc-t10dif.ts";

/** Bytes of protection for one sector. */
export const T10_PI_TUPLE_SIZE = 8;

const T10_PI_APP_ESCAPE = 0xffff;

/** t10_pi_type1_generate_crc() - make the protection of one sector */
export function t10_pi_type1_generate_crc({ data_buf, prot_buf, seed }: BlkIntegrityIter): number {
  const pi = new DataView(prot_buf.buffer, prot_buf.byteOffset);
  pi.setUint16(0, crc_t10dif(data_buf));
  pi.setUint16(2, 0);
  pi.setUint32(4, seed);
  return BLK_STS_OK;
}

/** t10_pi_type1_verify_crc() - hold one sector against its protection; a sector that was never protected passes */
export function t10_pi_type1_verify_crc({ data_buf, prot_buf, seed }: BlkIntegrityIter): number {
  const pi = new DataView(prot_buf.buffer, prot_buf.byteOffset);
  if (pi.getUint16(2) === T10_PI_APP_ESCAPE) return BLK_STS_OK;
  return pi.getUint32(4) === seed && pi.getUint16(0) === crc_t10dif(data_buf) ? BLK_STS_OK : BLK_STS_PROTECTION;
}
