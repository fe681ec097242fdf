/** Path 7 among others: commands from memory that is aligned or not, so pinned or copied by the dice. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { sg_io } from "../../block/scsi_ioctl.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { OpenSubmitter } from "../submitter.ts";

const SECTOR = 512;
const MOST_SECTORS = 32;
const UNKNOWN = -1;

/** openSgIo() - writes and reads of the lot's sectors, one at a time */
export const openSgIo: OpenSubmitter = (machine, lot) => {
  const pages = Math.min(lot.pages, 8);
  const memory = mapBuffer(machine, lot.pageNumber, pages, READ_WRITE);
  const shadow = new Int16Array(lot.sectors * SECTOR).fill(UNKNOWN);

  function step(dice: number): readonly string[] {
    const sectors = 1 + (dice % Math.min(MOST_SECTORS, lot.sectors));
    const place = Math.floor(dice / 32) % (lot.sectors - sectors + 1);
    const offset = Math.floor(dice / 4096) % 3 === 0 ? (dice >>> 8) % 4000 : SECTOR * (dice % 8);
    const address = memory + offset;
    return dice >>> 31 === 0 ? write(address, sectors, place) : read(address, sectors, place);
  }

  function write(address: number, sectors: number, place: number): readonly string[] {
    const bytes = pattern(place + sectors, sectors * SECTOR);
    copy_to_user(address, bytes);
    copy_from_user(bytes, address);
    const ret = send("SG_DXFER_TO_DEV", address, sectors, place);
    const at = place * SECTOR;
    if (ret === 0) shadow.set(bytes, at);
    else shadow.fill(UNKNOWN, at, at + bytes.length);
    return [];
  }

  function read(address: number, sectors: number, place: number): readonly string[] {
    if (send("SG_DXFER_FROM_DEV", address, sectors, place) !== 0) return [];

    const bytes = new Uint8Array(sectors * SECTOR);
    if (copy_from_user(bytes, address) > 0) return [];

    const at = place * SECTOR;
    const wrong = bytes.findIndex((byte, index) => ![UNKNOWN, byte].includes(shadow[at + index] ?? UNKNOWN));
    return wrong === -1 ? [] : [`a command read ${bytes[wrong]} at ${at + wrong}, ${shadow[at + wrong]} was written`];
  }

  function send(
    dxfer_direction: "SG_DXFER_TO_DEV" | "SG_DXFER_FROM_DEV",
    address: number,
    sectors: number,
    place: number,
  ) {
    const dxferp = [{ iov_base: address, iov_len: Math.min(sectors * SECTOR, pages * PAGE_SIZE) }];
    return sg_io(machine.disk.bdev.bd_disk, { dxfer_direction, dxferp, lba: lot.sector + place }, null);
  }

  return { name: "sg_io", step, close: () => [] };
};
