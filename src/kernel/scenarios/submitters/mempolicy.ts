/** A process that touches and unmaps its memory at random, and asks where its pages are. */

import { pte_offset, pte_page } from "../../arch/x86/pgtable.ts";
import { copy_to_user } from "../../arch/x86/usercopy.ts";
import { PAGE_SIZE } from "../../include/linux/mm.ts";
import { context_switch } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { page_to_nid } from "../../mm/sparse.ts";
import { type Machine, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import { nodeOf } from "../mempolicy.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";

/** openMempolicy() - nothing is mapped at first */
export const openMempolicy: OpenSubmitter = (machine, lot) => ({
  name: "mempolicy",
  step: (dice) => step(machine, lot, dice),
  close: () => [],
});

function step(machine: Machine, lot: Lot, dice: number): readonly string[] {
  const { mm } = machine.task;
  if (mm.mm_users === 0) return [];

  context_switch(machine.task);
  const page = lot.pageNumber + (Math.floor(dice / 4) % lot.pages);
  const vma = find_vma(mm, page * PAGE_SIZE);
  if (vma === null) {
    mapBuffer(machine, page, 1, READ_WRITE);
    return [];
  }
  if (dice % 4 === 0) remove_vma(vma);
  if (dice % 4 === 1) copy_to_user(page * PAGE_SIZE, pattern(dice % 251, 64));
  return ask(machine, page);
}

// An answer must be the node of the page that is mapped, a refusal is always possible.
function ask({ task }: Machine, page: number): readonly string[] {
  const node = nodeOf(page * PAGE_SIZE);
  if (node < 0) return [];

  const expected = page_to_nid(pte_page(pte_offset(task.mm, page * PAGE_SIZE)));
  return node === expected ? [] : [`mempolicy: page ${page} is in node ${expected}, the answer was ${node}`];
}
