/**
 * Stands for mm/mempolicy.c: get_mempolicy(MPOL_F_NODE | MPOL_F_ADDR), "in which node is the page at this address".
 *
 * Proves: where a pin is taken and given back in one function, the type costs the local variable and the call.
 * Hops: lookup_node(): get_user_pages() -> local pages -> put_page(). Only a number leaves the function.
 * Modelled: the question, the missing area, the fault that answering may take.
 * Left out: policies themselves, and with them every other use of the system call.
 */

import { EFAULT, EINVAL } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { MmStruct, Page } from "../include/linux/mm_types.ts";
import type { OutNumber } from "../include/linux/uio.ts";
import { down_read, up_read } from "../kernel/locking/rwsem.ts";
import { current } from "../kernel/sched/core.ts";
import { get_user_pages } from "./gup.ts";
import { find_vma } from "./mmap.ts";
import { page_to_nid } from "./sparse.ts";
import { put_page } from "./swap.ts";

/** Answer with a node, not with a policy. */
export const MPOL_F_NODE = 1 << 0;
/** Ask about an address, not about the process. */
export const MPOL_F_ADDR = 1 << 1;

/** get_mempolicy() - @policy becomes the node of the page at @addr; returns 0 or a negative errno */
export function get_mempolicy(policy: OutNumber, addr: number, flags: number): number {
  if (flags !== (MPOL_F_NODE | MPOL_F_ADDR)) return -EINVAL;

  const { mm } = current();
  down_read(mm.mmap_sem);
  const err = do_get_mempolicy(mm, policy, addr);
  up_read(mm.mmap_sem);
  return err;
}

function do_get_mempolicy(mm: MmStruct, policy: OutNumber, addr: number): number {
  if (find_vma(mm, addr) === null) return -EFAULT;

  const err = lookup_node(addr);
  if (err < 0) return err;

  policy.value = err;
  return 0;
}

function lookup_node(addr: number): number {
  const pages: Page[] = [];
  const err = get_user_pages(addr - (addr % PAGE_SIZE), 1, 0, pages, null);
  const [p] = pages;
  if (p === undefined) return err;

  const node = page_to_nid(p);
  put_page(p);
  return node;
}
