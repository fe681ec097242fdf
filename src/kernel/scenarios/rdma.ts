/** Stories about memory that is registered for RDMA: pinned for as long as its owner likes, used without the kernel. */

import { userLoad } from "../arch/x86/fault.ts";
import {
  type IbUverbsFile,
  ib_uverbs_close,
  ib_uverbs_dereg_mr,
  ib_uverbs_event_read,
  ib_uverbs_open,
  ib_uverbs_reg_mr,
  ib_uverbs_remove_one,
} from "../drivers/infiniband/core/uverbs.ts";
import { mlx4_ib_add } from "../drivers/infiniband/hw/mlx4/main.ts";
import { after } from "../hardware/clock.ts";
import { createNic, peerRead, peerWrite, postSend, type RdmaNic, type WorkRequest } from "../hardware/rdma-nic.ts";
import { pfn_to_page } from "../include/asm-generic/memory_model.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { AddressSpace } from "../include/linux/mm_types.ts";
import { PageDirty } from "../include/linux/page-flags.ts";
import { sg_page } from "../include/linux/scatterlist.ts";
import { IB_ACCESS_LOCAL_WRITE, IB_ACCESS_REMOTE_WRITE } from "../include/rdma/ib_verbs.ts";
import { do_exit, fork } from "../kernel/fork.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { context_switch, force_sig } from "../kernel/sched/core.ts";
import { truncate_inode_pages } from "../mm/truncate.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_ONLY,
  READ_WRITE,
  settle,
} from "./machine.ts";

/** The adapter and the other end may both write. */
export const EVERYTHING = IB_ACCESS_LOCAL_WRITE | IB_ACCESS_REMOTE_WRITE;
const NOTHING_SAID = -1;

/** A machine with an RDMA adapter that its process has opened. */
export interface RdmaMachine {
  readonly machine: Machine;
  readonly nic: RdmaNic;
  readonly file: IbUverbsFile;
}

/** openRdma() - put an adapter into a machine; what is registered with it may be held */
export function openRdma(machine: Machine, dma_mask = Number.POSITIVE_INFINITY): RdmaMachine {
  const nic = createNic(64 * PAGE_SIZE);
  const file = ib_uverbs_open(mlx4_ib_add(nic, { dma_mask }));
  machine.holders.push(() => registeredPfns(file));
  return { machine, nic, file };
}

/** transferBothWays() - a region that does not start at a page: out, in, and twice by the other end alone */
export function transferBothWays() {
  const { machine, nic, file } = openRdma(boot());
  const start = filledBuffer(machine, 16, 5, 3) + 100;
  const length = 4 * PAGE_SIZE;
  const lkey = ib_uverbs_reg_mr(file, start, length, EVERYTHING);
  const out: WorkRequest = { wr_id: 1, opcode: "IBV_WR_RDMA_WRITE", lkey, addr: start, length, remote_addr: 0 };
  const sent = complete(file, nic, out);
  const arrived = firstDifference(nic.peerMemory.slice(0, length), pattern(3, 5 * PAGE_SIZE).slice(100, 100 + length));

  nic.peerMemory.set(pattern(8, length), length);
  const fetched = complete(file, nic, { ...out, wr_id: 2, opcode: "IBV_WR_RDMA_READ", remote_addr: length });
  const came = firstDifference(userLoad(machine.task.mm, start, length), pattern(8, length));

  const written = peerStore(nic, lkey, start + 4000, pattern(9, 300));
  const loaded = peerLoad(nic, lkey, start + 3900, 500);
  const expected = pattern(8, length);
  expected.set(pattern(9, 300), 4000);
  const seen = firstDifference(userLoad(machine.task.mm, start, length), expected);
  const read = firstDifference(nic.peerMemory.slice(0, 500), expected.slice(3900, 4400));
  const charged = machine.task.mm.pinned_vm;
  ib_uverbs_dereg_mr(file, lkey);
  return {
    statuses: [...sent, ...fetched, written, loaded],
    differences: [arrived, came, seen, read],
    charged: [charged, machine.task.mm.pinned_vm],
    imbalances: imbalances(machine),
  };
}

/** wrongKeys() - accesses beside the region, and by a key that was never given */
export function wrongKeys() {
  const { machine, nic, file } = openRdma(boot());
  const start = filledBuffer(machine, 16, 4, 2);
  const lkey = ib_uverbs_reg_mr(file, start + PAGE_SIZE, PAGE_SIZE, EVERYTHING);
  const beyond = peerStore(nic, lkey, start + 2 * PAGE_SIZE - 1, pattern(1, 2));
  const before = peerLoad(nic, lkey, start, PAGE_SIZE);
  const request = { lkey: lkey + 1, addr: start + PAGE_SIZE, length: 8, remote_addr: 0 };
  const unknown = complete(file, nic, { wr_id: 1, opcode: "IBV_WR_RDMA_READ", ...request })[0];
  ib_uverbs_close(file);
  return { beyond, before, unknown, imbalances: imbalances(machine) };
}

/** registerInBatches() - more pages than one page of pointers holds */
export function registerInBatches() {
  const { machine, nic, file } = openRdma(boot({ frames: 1024 }));
  const start = mapBuffer(machine, 16, 600, READ_WRITE);
  const lkey = ib_uverbs_reg_mr(file, start, 600 * PAGE_SIZE, EVERYTHING);
  const far = start + 550 * PAGE_SIZE;
  const status = peerStore(nic, lkey, far, pattern(4, 3 * PAGE_SIZE));
  const difference = firstDifference(userLoad(machine.task.mm, far, 3 * PAGE_SIZE), pattern(4, 3 * PAGE_SIZE));
  const whileRegistered = imbalances(machine).filter((line) => line.startsWith("page"));
  ib_uverbs_dereg_mr(file, lkey);
  return { status, difference, whileRegistered, imbalances: imbalances(machine) };
}

/** dirtyOrNot() - a file's pages are dirtied by a region's end, not by a registration that fails half-way */
export function dirtyOrNot() {
  const { machine, file } = openRdma(boot());
  const mapping = mapFile(machine, 16, 6, { filePages: 4 });
  const start = 16 * PAGE_SIZE;
  const failed = ib_uverbs_reg_mr(file, start, 6 * PAGE_SIZE, EVERYTHING);
  const afterFailure = dirtyPages(mapping);
  const lkey = ib_uverbs_reg_mr(file, start, 4 * PAGE_SIZE, EVERYTHING);
  ib_uverbs_dereg_mr(file, lkey);
  return { failed, afterFailure, afterSuccess: dirtyPages(mapping), imbalances: imbalances(machine) };
}

/** refusals() - every way for a registration to fail; each gives back what it had pinned */
export function refusals() {
  const { machine, file } = openRdma(boot({ frames: 40 }), 37 * PAGE_SIZE - 1);
  const register = (pageNumber: number, pages: number) =>
    ib_uverbs_reg_mr(file, pageNumber * PAGE_SIZE, pages * PAGE_SIZE, EVERYTHING);
  mapBuffer(machine, 16, 2, READ_WRITE);
  mapBuffer(machine, 19, 2, READ_WRITE);
  mapFile(machine, 32, 2, { dax: true });
  mapBuffer(machine, 64, 64, READ_WRITE);
  const hole = register(16, 5);
  const nothing = register(16, 0);
  const storage = register(32, 2);
  machine.task.rlimit_memlock = 3 * PAGE_SIZE;
  const limited = register(64, 4);
  machine.task.rlimit_memlock = Number.POSITIVE_INFINITY;
  const outOfReach = register(64, 34);
  const outOfFrames = register(64, 64);
  force_sig(machine.task);
  const killed = register(100, 2);
  return {
    hole,
    nothing,
    storage,
    limited,
    outOfReach,
    outOfFrames,
    killed,
    charged: machine.task.mm.pinned_vm,
    imbalances: imbalances(machine),
  };
}

/** readOnlyMemory() - memory that the process may only read is copied for it, and nobody may write by its key */
export function readOnlyMemory() {
  const { machine, nic, file } = openRdma(boot());
  const start = mapBuffer(machine, 16, 2, READ_ONLY);
  const writable = ib_uverbs_reg_mr(file, start, PAGE_SIZE, EVERYTHING);
  const lkey = ib_uverbs_reg_mr(file, start, 2 * PAGE_SIZE, 0);
  const reserved = registeredPfns(file).filter((pfn) => pfn === 0).length;
  const written = peerStore(nic, lkey, start, pattern(1, 10));
  const read = peerLoad(nic, lkey, start, 2 * PAGE_SIZE);
  ib_uverbs_dereg_mr(file, lkey);
  return { writable, reserved, written, read, imbalances: imbalances(machine) };
}

/** useAfterDeregistration() - the key is dead before the pages are free */
export function useAfterDeregistration() {
  const { machine, nic, file } = openRdma(boot());
  const start = filledBuffer(machine, 16, 2, 3);
  const lkey = ib_uverbs_reg_mr(file, start, 2 * PAGE_SIZE, EVERYTHING);
  let status = NOTHING_SAID;
  peerWrite(nic, lkey, start, pattern(5, PAGE_SIZE), (outcome) => {
    status = outcome;
  });
  ib_uverbs_dereg_mr(file, lkey);
  settle();
  const again = ib_uverbs_dereg_mr(file, lkey);
  const difference = firstDifference(userLoad(machine.task.mm, start, 2 * PAGE_SIZE), pattern(3, 2 * PAGE_SIZE));
  return { status, again, difference, imbalances: imbalances(machine) };
}

/** exitWhileRegistered() - process and file are gone, a child still has the adapter open, the other end still writes */
export function exitWhileRegistered() {
  const { machine, nic, file } = openRdma(boot());
  const mapping = mapFile(machine, 16, 2);
  const lkey = ib_uverbs_reg_mr(file, 16 * PAGE_SIZE, 2 * PAGE_SIZE, EVERYTHING);
  const child = fork(machine.task);
  machine.tasks.push(child);
  do_exit(machine.task);
  context_switch(child);
  do_exit(child);
  truncate_inode_pages(mapping, 0);
  const written = peerStore(nic, lkey, 16 * PAGE_SIZE, pattern(5, 2 * PAGE_SIZE));
  const loaded = peerLoad(nic, lkey, 16 * PAGE_SIZE, 2 * PAGE_SIZE);
  const difference = firstDifference(nic.peerMemory.slice(0, 2 * PAGE_SIZE), pattern(5, 2 * PAGE_SIZE));
  const held = registeredPfns(file).map((pfn) => pfn_to_page(pfn)._refcount);
  ib_uverbs_close(file);
  return {
    statuses: [written, loaded],
    difference,
    held,
    charged: machine.task.mm.pinned_vm,
    imbalances: imbalances(machine),
  };
}

/** closeDuringFault() - the file is closed while another thread is inside the address space: the charge waits */
export function closeDuringFault() {
  const { machine, file } = openRdma(boot());
  const start = filledBuffer(machine, 16, 3, 1);
  ib_uverbs_reg_mr(file, start, 3 * PAGE_SIZE, EVERYTHING);
  const { mm } = machine.task;
  down_read(mm.mmap_sem);
  after(2, () => up_read(mm.mmap_sem));
  ib_uverbs_close(file);
  const { pinned_vm, mm_users } = mm;
  const pages = registeredPfns(file).length;
  settle();
  return {
    pages,
    atClose: { pinned_vm, mm_users },
    later: { pinned_vm: mm.pinned_vm, mm_users: mm.mm_users },
    imbalances: imbalances(machine),
  };
}

/** pulledOut() - the adapter disappears with a request under way */
export function pulledOut() {
  const { machine, nic, file } = openRdma(boot());
  const start = filledBuffer(machine, 16, 2, 6);
  const lkey = ib_uverbs_reg_mr(file, start, 2 * PAGE_SIZE, EVERYTHING);
  const addr = { lkey, addr: start, length: PAGE_SIZE, remote_addr: 0 };
  postSend(nic, file.cq, { wr_id: 1, opcode: "IBV_WR_RDMA_READ", ...addr });
  nic.present = false;
  ib_uverbs_event_read(file, 1);
  const statuses = file.cq.entries.map((entry) => entry.status);
  ib_uverbs_remove_one([file]);
  const registered = ib_uverbs_reg_mr(file, start, PAGE_SIZE, EVERYTHING);
  ib_uverbs_close(file);
  const difference = firstDifference(userLoad(machine.task.mm, start, 2 * PAGE_SIZE), pattern(6, 2 * PAGE_SIZE));
  return { statuses, registered, difference, charged: machine.task.mm.pinned_vm, imbalances: imbalances(machine) };
}

function complete(file: IbUverbsFile, nic: RdmaNic, request: WorkRequest): readonly number[] {
  postSend(nic, file.cq, request);
  ib_uverbs_event_read(file, 1);
  return file.cq.entries.splice(0).map((entry) => entry.status);
}

function peerStore(nic: RdmaNic, rkey: number, addr: number, bytes: Uint8Array): number {
  let status = NOTHING_SAID;
  peerWrite(nic, rkey, addr, bytes, (outcome) => {
    status = outcome;
  });
  settle();
  return status;
}

function peerLoad(nic: RdmaNic, rkey: number, addr: number, length: number): number {
  let status = NOTHING_SAID;
  peerRead(nic, rkey, { addr, length, remote_addr: 0 }, (outcome) => {
    status = outcome;
  });
  settle();
  return status;
}

function registeredPfns(file: IbUverbsFile): readonly number[] {
  return [...file.mrs.values()].flatMap(({ umem }) => umem.sg_head.slice(0, umem.npages).map((sg) => sg_page(sg).pfn));
}

function dirtyPages(mapping: AddressSpace): number {
  return [...mapping.i_pages.values()].filter(PageDirty).length;
}
