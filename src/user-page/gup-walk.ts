import { check_vma_flags } from "./check-vma-flags.ts";
import { EFAULT, ENOMEM, type NegativeErrno } from "./errno.ts";
import { type Locked, type MmStruct, PAGE_SIZE } from "./mm-struct.ts";
import type { Page, UserPage } from "./page.ts";
import { canPin, pin } from "./pin.ts";

/** One request to walk a range of pages. */
export interface GupRequest {
  readonly mm: MmStruct;
  /** Address of the first byte; the walk starts at its page. */
  readonly start: number;
  readonly nr_pages: number;
  readonly gup_flags: number;
}

/** How far a walk came: the pages pinned, in order, and why it stopped early (0 when it did not). */
export interface GupResult {
  readonly pages: readonly UserPage[];
  readonly error: 0 | NegativeErrno;
}

/**
 * gupWalk() - find, fault in and pin one page after the other, up to the first that cannot be had
 *
 * mmap_sem is held on entry. With `locked` given a fault may drop it; the walk then takes it again for the page it
 * stopped at, and finally releases it for good and says so in `locked`, since what the caller knew of the address space
 * may be stale.
 */
export function gupWalk(request: GupRequest, locked: Locked | undefined): GupResult {
  const pages: UserPage[] = [];
  const error = walkPages(request, locked, (page) => pages.push(pin(page)));
  return { pages, error };
}

/** faultInWalk() - the walk of a caller that passes no array: pages are made present, nothing is pinned; their number */
export function faultInWalk(request: GupRequest, locked: Locked | undefined): number {
  let present = 0;
  const error = walkPages(request, locked, () => {
    present += 1;
  });
  return present === 0 ? error : present;
}

/** addressOf() - the address of the i-th page of a request */
export function addressOf({ start }: GupRequest, i: number): number {
  return start - (start % PAGE_SIZE) + i * PAGE_SIZE;
}

function walkPages(request: GupRequest, locked: Locked | undefined, take: (page: Page) => void): 0 | NegativeErrno {
  const dropped = { ever: false };
  let error: 0 | NegativeErrno = 0;
  for (let i = 0; i < request.nr_pages && error === 0; i += 1) {
    const page = pageAt(request, addressOf(request, i), locked, dropped);
    if (typeof page === "number") error = page;
    else if (canPin(page)) take(page);
    else error = -ENOMEM;
  }
  if (dropped.ever && locked !== undefined) {
    request.mm.mmap_sem.up_read();
    locked.locked = false;
  }
  return error;
}

function pageAt(
  request: GupRequest,
  address: number,
  locked: Locked | undefined,
  dropped: { ever: boolean },
): Page | NegativeErrno {
  const { mm, gup_flags } = request;
  const vma = mm.find_vma(address);
  if (vma === undefined || check_vma_flags(vma, gup_flags) !== 0) return -EFAULT;

  const present = mm.follow_page(address, gup_flags);
  if (present !== undefined) return present;

  const error = mm.faultin_page(address, gup_flags, locked);
  if (locked?.locked === false) {
    mm.mmap_sem.down_read();
    locked.locked = true;
    dropped.ever = true;
    return pageAt(request, address, undefined, dropped);
  }
  if (error !== 0) return error;
  return mm.follow_page(address, gup_flags) ?? -EFAULT;
}
