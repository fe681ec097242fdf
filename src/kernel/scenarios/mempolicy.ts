/** Stories about a pin that lives for one line: a process asks in which memory node its pages are. */

import { userLoad } from "../arch/x86/fault.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { force_sig } from "../kernel/sched/core.ts";
import { get_mempolicy, MPOL_F_ADDR, MPOL_F_NODE } from "../mm/mempolicy.ts";
import { alloc_page } from "../mm/page_alloc.ts";
import { put_page } from "../mm/swap.ts";
import { imbalances } from "./imbalances.ts";
import { boot, filledBuffer, firstDifference, mapBuffer, mapFile, pattern, READ_WRITE } from "./machine.ts";

/** nodeOf() - the node of the page at an address of the current process, or a negative errno */
export function nodeOf(address: number): number {
  const policy = { value: -1 };
  const ret = get_mempolicy(policy, address, MPOL_F_NODE | MPOL_F_ADDR);
  return ret < 0 ? ret : policy.value;
}

/** bothHalves() - a buffer larger than one memory node */
export function bothHalves() {
  const machine = boot({ frames: 64 });
  const start = filledBuffer(machine, 16, 48, 3);
  const nodes = [0, 30, 31, 47].map((page) => nodeOf(start + page * PAGE_SIZE + 123));
  const bytes = userLoad(machine.task.mm, start, 48 * PAGE_SIZE);
  return { nodes, difference: firstDifference(bytes, pattern(3, bytes.length)), imbalances: imbalances(machine) };
}

/** untouchedMemory() - memory that nobody wrote yet is the zero page, a page of a file is made for the answer */
export function untouchedMemory() {
  const machine = boot();
  const anonymous = nodeOf(mapBuffer(machine, 16, 1, READ_WRITE));
  const mapping = mapFile(machine, 32, 1);
  const file = nodeOf(32 * PAGE_SIZE);
  return { anonymous, file, cached: mapping.i_pages.size, imbalances: imbalances(machine) };
}

/** refusals() - no memory there, memory that may not be read, a file that ends before, a process that is being killed */
export function refusals() {
  const machine = boot();
  mapBuffer(machine, 16, 1, 0);
  mapFile(machine, 32, 2, { filePages: 1 });
  const unmapped = nodeOf(99 * PAGE_SIZE);
  const unreadable = nodeOf(16 * PAGE_SIZE);
  const beyondFile = nodeOf(33 * PAGE_SIZE);
  const otherQuestion = get_mempolicy({ value: 0 }, 0, MPOL_F_NODE);
  force_sig(machine.task);
  const killed = nodeOf(32 * PAGE_SIZE);
  return { unmapped, unreadable, beyondFile, otherQuestion, killed, imbalances: imbalances(machine) };
}

/** noFrames() - the page of a file cannot be made, then it can */
export function noFrames() {
  const machine = boot({ frames: 2 });
  mapFile(machine, 16, 1);
  const last = alloc_page();
  const without = nodeOf(16 * PAGE_SIZE);
  if (last !== null) put_page(last);
  return { without, afterwards: nodeOf(16 * PAGE_SIZE), imbalances: imbalances(machine) };
}
