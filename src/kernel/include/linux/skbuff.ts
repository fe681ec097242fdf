/**
 * Stands for include/linux/skbuff.h and net/core/skbuff.c.
 *
 * Modelled: a frame in memory of the kernel, with a function that is called when the frame has gone.
 * Left out: fragments in pages of others, cloning, everything that makes it a packet.
 */

import { alloc_page } from "../../mm/page_alloc.ts";
import { put_page } from "../../mm/swap.ts";
import type { Page } from "./mm_types.ts";

/** A frame on its way. */
export interface SkBuff {
  /** Where the frame's bytes are: a page of the kernel's own. */
  readonly head: Page;
  readonly len: number;
  destructor: ((skb: SkBuff) => void) | null;
  /** The destructor's. */
  destructor_arg: unknown;
}

/** alloc_skb() - room for a frame, null when no frame of memory is left */
export function alloc_skb(len: number): SkBuff | null {
  const head = alloc_page();
  return head === null ? null : { head, len, destructor: null, destructor_arg: null };
}

/** kfree_skb() - the frame has gone, one way or the other */
export function kfree_skb(skb: SkBuff): void {
  skb.destructor?.(skb);
  put_page(skb.head);
}
