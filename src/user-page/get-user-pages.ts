import { EINVAL, EOPNOTSUPP, type NegativeErrno } from "./errno.ts";
import { addressOf, faultInWalk, type GupRequest, type GupResult, gupWalk } from "./gup-walk.ts";
import type { Locked, MmStruct } from "./mm-struct.ts";
import type { UserPage } from "./page.ts";
import { canPin, pin } from "./pin.ts";
import { put_user_pages } from "./put-user-page.ts";

/**
 * What the returning form yields: the pages that could be pinned, perhaps fewer than asked for, each owing one
 * put_user_page(); or a negative errno when there was none.
 */
export type GupPages = readonly UserPage[] | NegativeErrno;

/** Where the out-array form stores the pages, from index 0; null asks to fault them in only, without a pin. */
export type GupArray = UserPage[] | null;

/**
 * get_user_pages() - pin the pages behind a user address range; each one owes exactly one put_user_page()
 *
 * Without `pages` it returns the pages, or a negative errno. With it, the kernel's form: it stores them and returns their
 * number (a partial pin is a success), or a negative errno when none could be pinned. The caller holds mmap_sem.
 * `mm` stands where the kernel uses current->mm; the vmas argument of v4.19 is left out.
 */
export function get_user_pages(mm: MmStruct, start: number, nr_pages: number, gup_flags: number): GupPages;
export function get_user_pages(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray,
): number;
export function get_user_pages(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: GupArray,
): GupPages {
  return walkInto(pages, { mm, start, nr_pages, gup_flags }, undefined);
}

/**
 * get_user_pages_locked() - as get_user_pages(), for a caller that can lose mmap_sem
 *
 * A fault that has to wait may drop the lock; afterwards `locked.locked` tells whether it is still held.
 */
export function get_user_pages_locked(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: undefined,
  locked: Locked,
): GupPages;
export function get_user_pages_locked(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray,
  locked: Locked,
): number;
export function get_user_pages_locked(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray | undefined,
  locked: Locked,
): GupPages {
  return walkInto(pages, { mm, start, nr_pages, gup_flags }, locked);
}

/**
 * get_user_pages_remote() - as get_user_pages_locked(), for the address space of another task
 *
 * `locked` is undefined for a caller that must not lose mmap_sem. The kernel's task argument only counts faults; it is
 * left out.
 */
export function get_user_pages_remote(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: undefined,
  locked?: Locked,
): GupPages;
export function get_user_pages_remote(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray,
  locked?: Locked,
): number;
export function get_user_pages_remote(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: GupArray,
  locked?: Locked,
): GupPages {
  return walkInto(pages, { mm, start, nr_pages, gup_flags }, locked);
}

/** get_user_pages_unlocked() - as get_user_pages(), taking and releasing mmap_sem itself; v4.19 has pages before flags */
export function get_user_pages_unlocked(mm: MmStruct, start: number, nr_pages: number, gup_flags: number): GupPages;
export function get_user_pages_unlocked(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray,
): number;
export function get_user_pages_unlocked(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: GupArray,
): GupPages {
  return underMmapSem(mm, (locked) => walkInto(pages, { mm, start, nr_pages, gup_flags }, locked));
}

/**
 * get_user_pages_fast() - pin what the page table has present without taking mmap_sem, and the rest as
 * get_user_pages_unlocked()
 *
 * v4.19 passes an int `write` in place of `gup_flags`.
 */
export function get_user_pages_fast(mm: MmStruct, start: number, nr_pages: number, gup_flags: number): GupPages;
export function get_user_pages_fast(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: UserPage[],
): number;
export function get_user_pages_fast(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: UserPage[],
): GupPages {
  const request = { mm, start, nr_pages, gup_flags };
  const present = pinPresent(request);
  if (present.length >= nr_pages) return deliver(pages, { pages: present, error: 0 });

  const rest = { ...request, start: addressOf(request, present.length), nr_pages: nr_pages - present.length };
  const slow = underMmapSem(mm, (locked) => gupWalk(rest, locked));
  return deliver(pages, { pages: [...present, ...slow.pages], error: slow.error });
}

/**
 * get_user_pages_longterm() - as get_user_pages(), for pins that user space keeps as long as it likes
 *
 * Refuses memory of a filesystem on DAX: what was pinned is put back and the answer is -EOPNOTSUPP.
 */
export function get_user_pages_longterm(mm: MmStruct, start: number, nr_pages: number, gup_flags: number): GupPages;
export function get_user_pages_longterm(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages: GupArray,
): number;
export function get_user_pages_longterm(
  mm: MmStruct,
  start: number,
  nr_pages: number,
  gup_flags: number,
  pages?: GupArray,
): GupPages {
  if (pages === null) return -EINVAL;
  const request = { mm, start, nr_pages, gup_flags };
  const result = gupWalk(request, undefined);
  if (!result.pages.some((_, i) => mm.find_vma(addressOf(request, i))?.fsdax)) return deliver(pages, result);
  put_user_pages(result.pages);
  return -EOPNOTSUPP;
}

function walkInto(pages: GupArray | undefined, request: GupRequest, locked: Locked | undefined): GupPages {
  if (pages === null) return faultInWalk(request, locked);
  return deliver(pages, gupWalk(request, locked));
}

// An error counts only when nothing was pinned: a caller that got some pages has to release them first.
function deliver(pages: UserPage[] | undefined, result: GupResult): GupPages {
  if (result.pages.length === 0 && result.error !== 0) return result.error;
  if (pages === undefined) return result.pages;
  pages.splice(0, result.pages.length, ...result.pages);
  return result.pages.length;
}

function pinPresent(request: GupRequest): readonly UserPage[] {
  const pages: UserPage[] = [];
  while (pages.length < request.nr_pages) {
    const page = request.mm.follow_page(addressOf(request, pages.length), request.gup_flags);
    if (page === undefined || !canPin(page)) break;
    pages.push(pin(page));
  }
  return pages;
}

function underMmapSem<T>(mm: MmStruct, walk: (locked: Locked) => T): T {
  const locked = { locked: true };
  mm.mmap_sem.down_read();
  try {
    return walk(locked);
  } finally {
    if (locked.locked) mm.mmap_sem.up_read();
  }
}
