/**
 * Stands for what Linux v5.7 and later do around a pin in mm/gup.c (try_grab_page(), unpin_user_page()), which 4.19 lacks.
 *
 * Modelled: the events of a page's life that a run-time detector can learn of, and detectors that are switched on one by
 * one. A detector knows a page by its frame number, as mm/page_ext.c looks up what it keeps beside a page. None is on
 * unless the machine is equipped with it, and then nothing happens here.
 * Left out: what is done about a complaint: it is kept, as a warning in the log is.
 */

import { page_to_pfn } from "../include/asm-generic/memory_model.ts";
import type { Page } from "../include/linux/mm_types.ts";

/** Something that watches pins. Each function is told of an event of the frame @pfn. */
export interface PinDetector {
  readonly name: string;
  /** The machine starts. */
  readonly reset: () => void;
  /** May the page be pinned once more? */
  readonly permits: (pfn: number) => boolean;
  /** The page has been pinned: its ordinary reference is taken already. */
  readonly pinned: (pfn: number) => void;
  /** A pin is about to be released: one ordinary reference will be dropped after this. */
  readonly unpinning: (pfn: number) => void;
  /** An ordinary reference has been dropped. */
  readonly put: (pfn: number) => void;
  /** What is wrong if nothing is supposed to be pinned now, in words. */
  readonly atRest: () => readonly string[];
}

/** What a detector does about events that it does not care for. */
export const indifferent: Omit<PinDetector, "name"> = {
  reset: () => {},
  permits: () => true,
  pinned: () => {},
  unpinning: () => {},
  put: () => {},
  atRest: () => [],
};

const pinning: { detectors: readonly PinDetector[]; readonly complaints: string[] } = { detectors: [], complaints: [] };

/** page_pinning_init() - switch these detectors on and all others off */
export function page_pinning_init(detectors: readonly PinDetector[]): void {
  pinning.detectors = detectors;
  pinning.complaints.length = 0;
  for (const detector of detectors) detector.reset();
}

/** page_pinning_watched_by() - is the detector of this name on */
export function page_pinning_watched_by(name: string): boolean {
  return pinning.detectors.some((detector) => detector.name === name);
}

/** may_pin_page() - has the count of a page room for one more pin */
export function may_pin_page(page: Page): boolean {
  const pfn = page_to_pfn(page);
  return pinning.detectors.every((detector) => detector.permits(pfn));
}

/** page_pinned() - an ordinary reference to the page has become a pin */
export function page_pinned(page: Page): void {
  const pfn = page_to_pfn(page);
  for (const detector of pinning.detectors) detector.pinned(pfn);
}

/** page_unpinning() - a pin becomes an ordinary reference again, which the caller will put */
export function page_unpinning(page: Page): void {
  const pfn = page_to_pfn(page);
  for (const detector of pinning.detectors) detector.unpinning(pfn);
}

/** page_was_put() - an ordinary reference has been dropped */
export function page_was_put(page: Page): void {
  const pfn = page_to_pfn(page);
  for (const detector of pinning.detectors) detector.put(pfn);
}

/** warn_pinning() - a detector has seen a mistake the moment it happened */
export function warn_pinning(complaint: string): void {
  pinning.complaints.push(complaint);
}

/** pinning_warnings() - the mistakes that were seen the moment they happened */
export function pinning_warnings(): readonly string[] {
  return [...pinning.complaints];
}

/** pinning_complaints() - those, and what is wrong if nothing is supposed to be pinned now */
export function pinning_complaints(): readonly string[] {
  return [...pinning.complaints, ...pinning.detectors.flatMap((detector) => detector.atRest())];
}
