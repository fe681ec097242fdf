/** Path 12 among others: a buffer that is registered and given up, with reads and writes that borrow it meanwhile. */

import { linear_ctr } from "../../drivers/md/dm-linear.ts";
import { blkdev_open } from "../../fs/block_dev.ts";
import { physicalBytes } from "../../hardware/memory.ts";
import { page_to_phys } from "../../include/asm-generic/memory_model.ts";
import { IS_ERR } from "../../include/linux/err.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { type IoMappedUbuf, io_rsrc_put, io_sqe_buffer_register } from "../../io_uring/rsrc.ts";
import { io_cqring_wait, io_uring_setup, io_uring_submit } from "../../io_uring/rw.ts";
import { mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { OpenSubmitter } from "../submitter.ts";

const SECTOR = 512;
const UNKNOWN = -1;

interface Borrowed {
  readonly write: boolean;
  readonly place: number;
  readonly sectors: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** openRegisteredBuffers() - one buffer, one request at a time, through a disk that is stacked on the lot's sectors */
export const openRegisteredBuffers: OpenSubmitter = (machine, lot) => {
  const pages = Math.min(lot.pages, 6);
  const memory = mapBuffer(machine, lot.pageNumber, pages, READ_WRITE);
  const file = blkdev_open(linear_ctr(machine.disk.bdev, lot.sector, lot.sectors));
  machine.files.push(file);
  const shadow = new Int16Array(lot.sectors * SECTOR).fill(UNKNOWN);
  const ctx = io_uring_setup();
  const state: { imu: IoMappedUbuf | null; borrowed: Borrowed | null } = { imu: null, borrowed: null };
  const known: IoMappedUbuf[] = [];
  machine.holders.push(() => known.flatMap(({ bvec }) => bvec.map(({ bv_page }) => bv_page.pfn)));

  function step(dice: number): readonly string[] {
    if (state.imu === null) {
      register();
      return [];
    }
    if (dice % 8 === 0) unregister();
    else if (dice % 8 === 1 || state.borrowed !== null) return collect();
    else submit(state.imu, Math.floor(dice / 8));
    return [];
  }

  function register(): void {
    const imu = io_sqe_buffer_register(memory, pages * PAGE_SIZE);
    if (IS_ERR(imu)) return;

    known.push(imu);
    state.imu = imu;
  }

  function unregister(): void {
    if (state.imu !== null) io_rsrc_put(state.imu);
    state.imu = null;
  }

  function submit(imu: IoMappedUbuf, dice: number): void {
    const sectors = 1 + (dice % Math.min(lot.sectors, (pages * PAGE_SIZE) / SECTOR));
    const place = Math.floor(dice / 48) % (lot.sectors - sectors + 1);
    const offset = (Math.floor(dice / 7) % ((pages * PAGE_SIZE) / SECTOR - sectors + 1)) * SECTOR;
    const write = dice % 2 === 0;
    const bytes = pattern(place + sectors, sectors * SECTOR);
    if (write)
      pinnedBytes(imu, offset, bytes.length, (piece, done) => piece.set(bytes.subarray(done, done + piece.length)));
    state.borrowed = { write, place, sectors, offset, bytes };
    const opcode = write ? "IORING_OP_WRITE_FIXED" : "IORING_OP_READ_FIXED";
    const common = { file, imu, addr: memory + offset, len: bytes.length, off: place * SECTOR, user_data: 0 };
    io_uring_submit(ctx, { ...common, opcode });
  }

  function collect(): readonly string[] {
    return io_cqring_wait(ctx, 1).flatMap(({ res }) => {
      const { borrowed } = state;
      state.borrowed = null;
      return borrowed === null ? [] : judge(borrowed, res);
    });
  }

  function judge({ write, place, offset, bytes }: Borrowed, res: number): readonly string[] {
    const at = place * SECTOR;
    if (write) {
      if (res < 0) shadow.fill(UNKNOWN, at, at + bytes.length);
      else shadow.set(bytes.subarray(0, res), at);
      return [];
    }
    // Given up meanwhile, the buffer may be anybody's.
    if (res < 0 || state.imu === null) return [];

    const complaints: string[] = [];
    pinnedBytes(state.imu, offset, res, (piece, done) => {
      const wrong = piece.findIndex((byte, k) => ![UNKNOWN, byte].includes(shadow[at + done + k] ?? UNKNOWN));
      if (wrong !== -1) complaints.push(`a registered buffer has ${piece[wrong]} from sector ${place}`);
    });
    return complaints;
  }

  function close(): readonly string[] {
    unregister();
    const complaints = io_cqring_wait(ctx, 1).length > 1 ? ["a request completed twice"] : [];
    return complaints;
  }

  return { name: "registered buffers", step, close };
};

// The pinned pages themselves: the process's page table may show others by now.
function pinnedBytes(
  imu: IoMappedUbuf,
  offset: number,
  length: number,
  visit: (piece: Uint8Array, done: number) => void,
): void {
  for (let done = 0; done < length; ) {
    const bvec = imu.bvec[Math.floor((offset + done) / PAGE_SIZE)];
    if (bvec === undefined) return;

    const start = (offset + done) % PAGE_SIZE;
    const piece = physicalBytes(page_to_phys(bvec.bv_page) + start, Math.min(PAGE_SIZE - start, length - done));
    visit(piece, done);
    done += piece.length;
  }
}
