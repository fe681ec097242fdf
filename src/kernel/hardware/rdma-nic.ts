/**
 * Stands for a network adapter with RDMA and the machine at the other end of its cable; no kernel file.
 *
 * Modelled: regions of memory that the adapter knows by key, each with its own page table of DMA addresses; work
 * requests that user space posts without the kernel; reads and writes by the other end, which no CPU here takes part
 * in; completion queues and an interrupt that covers all completions of a short while.
 * Left out: packets, connections, protection domains.
 */

import { after } from "./clock.ts";
import { physicalBytes } from "./memory.ts";
import { randomBelow } from "./random.ts";

/** Done. */
export const IBV_WC_SUCCESS = 0;
/** The key does not allow this access to local memory. */
export const IBV_WC_LOC_PROT_ERR = 4;
/** The adapter went away. */
export const IBV_WC_WR_FLUSH_ERR = 5;
/** The key does not allow this access from the other end. */
export const IBV_WC_REM_ACCESS_ERR = 10;

const REGION_PAGE = 4096;
const INTERRUPT_COALESCING = 3;
const FASTEST = 5;
const SPREAD = 40;

/** Memory that the adapter may use, by the addresses of the process that registered it. */
export interface RegisteredRegion {
  readonly start: number;
  readonly length: number;
  /** The DMA address of each page that the region touches. */
  readonly pages: readonly number[];
  readonly writable: boolean;
}

/** Written by the adapter, read by user space. */
export interface CompletionQueue {
  readonly cqn: number;
  readonly entries: WorkCompletion[];
}

/** What became of a work request. */
export interface WorkCompletion {
  readonly wr_id: number;
  readonly status: number;
}

/** A transfer between a local region and the other end's memory. */
export interface WorkRequest {
  readonly wr_id: number;
  readonly opcode: "IBV_WR_RDMA_WRITE" | "IBV_WR_RDMA_READ";
  readonly lkey: number;
  readonly addr: number;
  readonly length: number;
  readonly remote_addr: number;
}

/** The adapter. */
export interface RdmaNic {
  readonly regions: Map<number, RegisteredRegion>;
  /** The memory of the other end. */
  readonly peerMemory: Uint8Array;
  /** Numbers of the completion queues that have news. */
  readonly events: number[];
  interrupt: () => void;
  interruptPending: boolean;
  lastKey: number;
  /** False after the adapter was pulled out. */
  present: boolean;
}

/** createNic() - an adapter, and a peer with @peerBytes bytes of memory */
export function createNic(peerBytes: number): RdmaNic {
  return {
    regions: new Map(),
    peerMemory: new Uint8Array(peerBytes),
    events: [],
    interrupt: () => {},
    interruptPending: false,
    lastKey: 0x100,
    present: true,
  };
}

/** writeRegion() - the driver hands a region over; returns its key */
export function writeRegion(nic: RdmaNic, region: RegisteredRegion): number {
  nic.lastKey++;
  nic.regions.set(nic.lastKey, region);
  return nic.lastKey;
}

/** invalidateRegion() - from now on nobody reaches the memory by this key */
export function invalidateRegion(nic: RdmaNic, key: number): void {
  nic.regions.delete(key);
}

/** postSend() - user space rings a doorbell; the outcome will be in the completion queue */
export function postSend(nic: RdmaNic, cq: CompletionQueue, request: WorkRequest): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    cq.entries.push({ wr_id: request.wr_id, status: transfer(nic, request) });
    nic.events.push(cq.cqn);
    raiseInterrupt(nic);
  });
}

/** peerWrite() - the other end writes into our memory; it alone is told the outcome */
export function peerWrite(nic: RdmaNic, rkey: number, addr: number, bytes: Uint8Array, done: Outcome): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    const pieces = nic.present ? reach(nic, rkey, addr, bytes.length, true) : null;
    if (pieces === null) return done(IBV_WC_REM_ACCESS_ERR);

    scatter(pieces, bytes);
    done(IBV_WC_SUCCESS);
  });
}

/** peerRead() - the other end reads our memory into its own, at @remote_addr */
export function peerRead(nic: RdmaNic, rkey: number, range: RemoteRange, done: Outcome): void {
  after(FASTEST + randomBelow(SPREAD), () => {
    const pieces = nic.present ? reach(nic, rkey, range.addr, range.length, false) : null;
    if (pieces === null) return done(IBV_WC_REM_ACCESS_ERR);

    gather(pieces, nic.peerMemory.subarray(range.remote_addr));
    done(IBV_WC_SUCCESS);
  });
}

/** Told the status of an access from the other end. */
export type Outcome = (status: number) => void;

/** A stretch of our memory and where it goes at the other end. */
export type RemoteRange = Pick<WorkRequest, "addr" | "length" | "remote_addr">;

function transfer(nic: RdmaNic, { opcode, lkey, addr, length, remote_addr }: WorkRequest): number {
  if (!nic.present) return IBV_WC_WR_FLUSH_ERR;
  if (remote_addr + length > nic.peerMemory.length) return IBV_WC_REM_ACCESS_ERR;

  const pieces = reach(nic, lkey, addr, length, opcode === "IBV_WR_RDMA_READ");
  if (pieces === null) return IBV_WC_LOC_PROT_ERR;

  const remote = nic.peerMemory.subarray(remote_addr, remote_addr + length);
  if (opcode === "IBV_WR_RDMA_READ") scatter(pieces, remote);
  else gather(pieces, remote);
  return IBV_WC_SUCCESS;
}

// The memory behind a key, page by page; null where the key does not allow the access.
function reach(nic: RdmaNic, key: number, addr: number, length: number, write: boolean): readonly Uint8Array[] | null {
  const region = nic.regions.get(key);
  if (region === undefined || (write && !region.writable)) return null;
  if (addr < region.start || addr + length > region.start + region.length) return null;

  const pieces: Uint8Array[] = [];
  const first = region.start - (region.start % REGION_PAGE);
  for (let at = addr; at < addr + length; ) {
    const page = region.pages[Math.floor((at - first) / REGION_PAGE)];
    if (page === undefined) return null;

    const size = Math.min(REGION_PAGE - (at % REGION_PAGE), addr + length - at);
    pieces.push(physicalBytes(page + (at % REGION_PAGE), size));
    at += size;
  }
  return pieces;
}

function scatter(pieces: readonly Uint8Array[], bytes: Uint8Array): void {
  let done = 0;
  for (const piece of pieces) {
    piece.set(bytes.subarray(done, done + piece.length));
    done += piece.length;
  }
}

function gather(pieces: readonly Uint8Array[], target: Uint8Array): void {
  let done = 0;
  for (const piece of pieces) {
    target.set(piece, done);
    done += piece.length;
  }
}

function raiseInterrupt(nic: RdmaNic): void {
  if (nic.interruptPending) return;

  nic.interruptPending = true;
  after(INTERRUPT_COALESCING, () => {
    nic.interruptPending = false;
    nic.interrupt();
  });
}
