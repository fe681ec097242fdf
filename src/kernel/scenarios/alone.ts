/** One submitter alone on a machine, with everything that may go wrong: what random interleavings do with many. */

import { runNextEvent } from "../hardware/clock.ts";
import { randomBelow } from "../hardware/random.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { do_exit } from "../kernel/fork.ts";
import { force_sig } from "../kernel/sched/core.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import { boot, settle } from "./machine.ts";
import type { OpenSubmitter } from "./submitter.ts";

const LOT = { pageNumber: 16, pages: 16, sector: 64, sectors: 512 };

/** A life: `killAt` and `exitAt` are moves, null for never; a famine takes all frames for a few moves. */
export interface Life {
  readonly seed: number;
  readonly frames: number;
  readonly steps: number;
  readonly killAt: number | null;
  readonly exitAt: number | null;
  readonly famineAt: number | null;
}

/** playAlone() - what the submitter complains of, and what is held without an owner when it is closed */
export function playAlone(open: OpenSubmitter, life: Life) {
  const machine = boot({ frames: life.frames, seed: life.seed });
  const submitter = open(machine, LOT);
  const complaints: string[] = [];
  const hoard: Page[] = [];
  for (let k = 0; k < life.steps; k++) {
    if (k === life.killAt) force_sig(machine.task);
    if (k === life.exitAt) do_exit(machine.task);
    if (k === life.famineAt) takeAll(hoard);
    if (life.famineAt !== null && k === life.famineAt + 8) giveBack(hoard);
    complaints.push(...submitter.step(randomBelow(2 ** 32)));
    if (randomBelow(3) === 0) runNextEvent();
  }
  giveBack(hoard);
  complaints.push(...submitter.close());
  settle();
  return { complaints, imbalances: imbalances(machine) };
}

function takeAll(hoard: Page[]): void {
  for (let page = alloc_page(); page !== null; page = alloc_page()) hoard.push(page);
}

function giveBack(hoard: Page[]): void {
  for (const page of hoard.splice(0)) put_page(page);
}
