/** A process that registers memory for a socket, loses it, sends and receives frames, all in no particular order. */

import { copy_to_user } from "../../arch/x86/usercopy.ts";
import { type E1000Adapter, e1000_remove } from "../../drivers/net/ethernet/intel/e1000/e1000_main.ts";
import { frameArrives } from "../../hardware/network-card.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { type XdpUmem, xdp_umem_get_data } from "../../net/xdp/xdp_umem.ts";
import { type XdpSock, xsk_bind, xsk_create, xsk_release, xsk_sendmsg, xsk_umem_reg } from "../../net/xdp/xsk.ts";
import { xskq_produce } from "../../net/xdp/xsk_queue.ts";
import { firstDifference, type Machine, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import { holdUmem, plugCard, registration } from "../xdp.ts";

const CHUNK = 2048;
const FRAME = 600;

interface Station {
  readonly machine: Machine;
  readonly lot: Lot;
  readonly adapter: E1000Adapter;
  socket: XdpSock | null;
  readonly expectedOnWire: Uint8Array[];
}

/** openXdp() - a card of its own, no socket yet */
export const openXdp: OpenSubmitter = (machine, lot) => {
  const station: Station = { machine, lot, adapter: plugCard(machine), socket: null, expectedOnWire: [] };
  return {
    name: "xdp",
    step: (dice) => [...step(station, dice), ...judge(station)],
    close: () => {
      if (station.socket !== null) xsk_release(station.socket);
      e1000_remove(station.adapter);
      return judge(station);
    },
  };
};

function step(station: Station, dice: number): readonly string[] {
  const { machine, lot, socket } = station;
  const page = lot.pageNumber + (Math.floor(dice / 16) % lot.pages);
  if (dice % 16 < 2) toggle(machine, page);
  if (dice % 16 === 2 && machine.task.mm.mm_users > 0) openOrClose(station, dice);
  if (dice % 1009 === 0) e1000_remove(station.adapter);
  if (socket?.umem == null) {
    if (machine.task.mm.mm_users > 0) openOrClose(station, dice);
    return [];
  }
  if (dice % 16 < 8) receive(station, socket.umem, dice);
  else send(station, socket, socket.umem, dice);
  return checkReceived(socket, socket.umem);
}

function toggle(machine: Machine, page: number): void {
  const vma = find_vma(machine.task.mm, page * PAGE_SIZE);
  if (vma !== null) remove_vma(vma);
  else if (machine.task.mm.mm_users > 0) mapBuffer(machine, page, 1, READ_WRITE);
}

function openOrClose(station: Station, dice: number): void {
  const { machine, lot, socket } = station;
  if (socket !== null) {
    xsk_release(socket);
    station.socket = null;
    return;
  }
  const pages = 1 + (dice % 4);
  const first = lot.pageNumber + (Math.floor(dice / 16) % (lot.pages - 3));
  for (let page = first; page < first + pages; page++) if (dice % 3 !== 0) mapMissing(machine, page);
  context_switch(machine.task);
  const xs = xsk_create();
  if (xsk_umem_reg(xs, registration(first * PAGE_SIZE, pages)) !== 0) return;

  xsk_bind(xs, station.adapter.netdev);
  holdUmem(machine, xs.umem);
  station.socket = xs;
}

function mapMissing(machine: Machine, page: number): void {
  if (find_vma(machine.task.mm, page * PAGE_SIZE) === null) toggle(machine, page);
}

// The first byte of a frame tells which pattern it has to be.
function receive({ adapter }: Station, umem: XdpUmem, dice: number): void {
  if (umem.fq !== null) xskq_produce(umem.fq, (dice % 9) * CHUNK);
  frameArrives(adapter.hw, labelled(dice % 251));
}

function labelled(label: number): Uint8Array {
  const frame = pattern(label, FRAME);
  frame[0] = label;
  return frame;
}

function checkReceived(socket: XdpSock, umem: XdpUmem): readonly string[] {
  return socket.rx.entries.splice(0).flatMap(({ addr, len }) => {
    const bytes = xdp_umem_get_data(umem, addr)?.subarray(0, len) ?? new Uint8Array(0);
    return firstDifference(bytes, labelled(bytes[0] ?? 0)) === null ? [] : [`xdp: a frame at ${addr} is not what came`];
  });
}

// What the process can still write it writes; sent is what the registered pages hold, mapped or not.
function send(station: Station, socket: XdpSock, umem: XdpUmem, dice: number): void {
  const addr = (dice % umem.npgs) * PAGE_SIZE + 3000;
  context_switch(station.machine.task);
  copy_to_user(umem.address + addr, pattern(dice % 251, FRAME));
  const bytes = xdp_umem_get_data(umem, addr)?.slice(0, FRAME);
  if (bytes === undefined || !xskq_produce(socket.tx, { addr, len: FRAME })) return;

  if (xsk_sendmsg(socket) === 0) station.expectedOnWire.push(bytes);
  socket.tx.entries.length = 0;
  umem.cq?.entries.splice(0);
}

function judge({ adapter, expectedOnWire }: Station): readonly string[] {
  return adapter.hw.wire.splice(0).flatMap((frame) => {
    const expected = expectedOnWire.shift() ?? new Uint8Array(0);
    return firstDifference(frame, expected) === null ? [] : ["xdp: a frame on the wire is not what was sent"];
  });
}
