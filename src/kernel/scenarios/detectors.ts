/**
 * Stories of mistakes under every detector: who notices, when, and what is named. Andrew Morton's question, "is there a
 * cheap way of detecting this bug at runtime?", answered by playing it.
 */

import { PAGE_SIZE } from "../include/linux/mm.ts";
import { do_exit } from "../kernel/fork.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { type PinDetector, pinning_complaints, pinning_warnings } from "../mm/page_pinning.ts";
import { counting } from "../mm/pin_counting.ts";
import { ownerRecords } from "../mm/pin_owners.ts";
import { sanityChecks } from "../mm/pin_sanity.ts";
import { vmstatCounters } from "../mm/pin_vmstat.ts";
import { boot, mapBuffer, READ_WRITE, settle } from "./machine.ts";
import { BUFFER, type Mistake, type Stage } from "./mistakes.ts";

const SAMPLED = 4;

/** A column of the table: the machines to play a mistake on, more than one where chance decides. */
export interface Column {
  readonly name: string;
  readonly machines: readonly (() => readonly PinDetector[])[];
}

/** The columns of the table. */
export const columns: readonly Column[] = [
  { name: "none", machines: [() => []] },
  { name: "counting bias", machines: [() => [counting()]] },
  { name: "counters", machines: [() => [vmstatCounters()]] },
  { name: "bias and checks", machines: [() => [sanityChecks(), counting()]] },
  { name: "owner records", machines: [() => [ownerRecords(1)]] },
  {
    name: `owners of 1 frame in ${SAMPLED}`,
    machines: Array.from({ length: SAMPLED }, (_, phase) => () => [ownerRecords(SAMPLED, phase)]),
  },
];

/** When a mistake can be noticed, in the order of time. */
export type Moment = "at once" | "at rest" | "at exit" | "later";

/** The first that anybody noticed of a mistake. */
export interface Notice {
  readonly when: Moment;
  readonly words: readonly string[];
}

/** noticesOf() - what is noticed of a mistake on each machine of a column; null where nothing ever is */
export function noticesOf(mistake: Mistake, column: Column): readonly (Notice | null)[] {
  return column.machines.map((equip) => noticeOf(mistake, equip()));
}

function noticeOf(mistake: Mistake, detectors: readonly PinDetector[]): Notice | null {
  const machine = boot({ frames: 12, detectors });
  mapBuffer(machine, BUFFER / PAGE_SIZE, 2, READ_WRITE);
  const stage: Stage = { machine, ends: [] };
  const moments: readonly (readonly [Moment, () => readonly string[]])[] = [
    ["at once", () => complaintsAfter(() => mistake.make(stage), pinning_warnings)],
    ["at rest", () => complaintsAfter(settle, pinning_complaints)],
    ["at exit", () => complaintsAfter(() => endAll(stage), pinning_complaints)],
    ["later", () => complaintsAfter(useAllFrames, pinning_warnings)],
  ];
  for (const [when, look] of moments) {
    const words = look();
    if (words.length > 0) return { when, words };
  }
  return null;
}

// A BUG stops the machine, and its words are noticed last.
function complaintsAfter(act: () => void, complaints: () => readonly string[]): readonly string[] {
  try {
    act();
    return complaints();
  } catch (error) {
    return [...pinning_warnings(), error instanceof Error ? error.message : String(error)];
  }
}

function endAll({ machine, ends }: Stage): void {
  do_exit(machine.task);
  for (const end of ends) end();
}

function useAllFrames(): void {
  while (alloc_page() !== null);
}
