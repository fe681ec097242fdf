/**
 * Stands for lib/crc-t10dif.c.
 *
 * Modelled: the checksum that protects a sector.
 * Left out: the table that makes it fast.
 */

const POLYNOMIAL = 0x8bb7;

/** crc_t10dif() - the checksum of some bytes, 16 bits */
export function crc_t10dif(buffer: Uint8Array): number {
  let crc = 0;
  for (const byte of buffer) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
    crc &= 0xffff;
  }
  return crc;
}
