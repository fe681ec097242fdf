/** Path 8 among others: a process sends packets from its memory, pinned or copied, over a link that comes and goes. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { qib_user_sdma_make_progress, qib_user_sdma_writev } from "../../drivers/infiniband/hw/qib/qib_user_sdma.ts";
import { linkDown, linkUp } from "../../hardware/sdma-engine.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import type { Iovec } from "../../include/linux/uio.ts";
import { create_process, do_exit } from "../../kernel/fork.ts";
import { context_switch, run_on_top } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { firstDifference, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import { arrivedOf, closeSdma, HEADER, headerOf, openSdma, type SdmaMachine } from "../user-sdma.ts";

// Enough for most of the memory of these stories, so that mappings fail now and then.
const REACH = 96 * PAGE_SIZE - 1;
const FRAGMENT_SIZES = [0, 0, 0, 512, 1024, 2048, 4080];

interface Play {
  readonly host: SdmaMachine;
  readonly lot: Lot;
  /** What the packets of each tag must carry. */
  readonly expected: Map<number, Uint8Array>;
  lastTag: number;
}

/** openUserSdma() - a port of its own, nothing mapped yet */
export const openUserSdma: OpenSubmitter = (machine, lot) => {
  const play: Play = { host: openSdma(machine, REACH), lot, expected: new Map(), lastTag: 0 };
  return {
    name: "user sdma",
    step: (dice) => {
      context_switch(machine.task);
      move(play, dice % 16, Math.floor(dice / 16));
      return check(play);
    },
    close: () => close(play),
  };
};

// By somebody else, since the process may be gone.
function close(play: Play): readonly string[] {
  const heir = create_process();
  run_on_top(heir, () => closeSdma(play.host));
  do_exit(heir);
  return check(play);
}

function move(play: Play, kind: number, dice: number): void {
  const { host, lot } = play;
  const alive = host.machine.task.mm.mm_users > 0;
  if (kind === 0) qib_user_sdma_make_progress(host.pq);
  else if (kind === 1 && dice % 4 === 0) linkDown(host.engine);
  else if (kind < 3) linkUp(host.engine);
  else if (kind < 6 && alive) togglePage(play, lot.pageNumber + (dice % lot.pages));
  else if (kind < 8 && alive) fill(play, dice);
  else if (alive) send(play, dice);
}

function togglePage({ host }: Play, page: number): void {
  const vma = find_vma(host.machine.task.mm, page * PAGE_SIZE);
  if (vma === null) mapBuffer(host.machine, page, 1, READ_WRITE);
  else remove_vma(vma);
}

// The engine reads pinned memory when it sends, so the process leaves it alone while something is under way.
function fill(play: Play, dice: number): void {
  const { lot, expected, host } = play;
  for (let page = lot.pageNumber; page < lot.pageNumber + lot.pages; page++) {
    if (find_vma(host.machine.task.mm, page * PAGE_SIZE) === null && dice % 3 > 0) togglePage(play, page);
    if (expected.size === 0) copy_to_user(page * PAGE_SIZE, pattern((dice + page) % 251, PAGE_SIZE));
  }
}

function send(play: Play, dice: number): void {
  const { host, lot, expected } = play;
  play.lastTag++;
  const frag_size = FRAGMENT_SIZES[dice % FRAGMENT_SIZES.length] ?? 0;
  const payload = payloadOf(lot, Math.floor(dice / 8), frag_size);
  const bytes = payload.map(bytesOf);
  const length = payload.reduce((sum, { iov_len }) => sum + iov_len, 0);
  const header = { iov_base: lot.pageNumber * PAGE_SIZE, iov_len: HEADER };
  if (copy_to_user(header.iov_base, headerOf(length, frag_size, play.lastTag)) > 0) return;
  if (qib_user_sdma_writev(host.pq, [header, ...payload]) === 1) {
    expected.set(play.lastTag, Uint8Array.from(bytes.flatMap((piece) => [...piece])));
  }
}

// A long stretch to be cut, or up to six short ones; never the page with the header.
function payloadOf({ pageNumber, pages }: Lot, dice: number, frag_size: number): readonly Iovec[] {
  const first = (pageNumber + 1) * PAGE_SIZE;
  const room = (pages - 1) * PAGE_SIZE;
  const iov_base = first + 4 * (dice % (room / 8));
  if (frag_size > 0) return [{ iov_base, iov_len: 4 + 4 * (dice % (room / 8)) }];
  return Array.from({ length: dice % 7 }, (_, k) => ({
    iov_base: first + ((iov_base - first + k * PAGE_SIZE * (1 + (dice % 2))) % (room - PAGE_SIZE)),
    iov_len: 4 + 4 * ((dice + k) % 140),
  }));
}

function bytesOf({ iov_base, iov_len }: Iovec): Uint8Array {
  const bytes = new Uint8Array(iov_len);
  copy_from_user(bytes, iov_base);
  return bytes;
}

// Once the ring is empty everything has been sent, unless the link died.
function check({ host, expected }: Play): readonly string[] {
  const { engine, pq } = host;
  if (!engine.running) {
    if (!host.open) expected.clear();
    return [];
  }
  if (pq.num_pending > 0 || engine.descq.length > 0) return [];

  const complaints = [...expected].flatMap(([tag, bytes]) => {
    const difference = firstDifference(arrivedOf(engine, tag) ?? new Uint8Array(1), bytes);
    return difference === null ? [] : [`user sdma: message ${tag} differs at ${difference}`];
  });
  expected.clear();
  engine.wire.length = 0;
  return complaints;
}
