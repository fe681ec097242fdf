/**
 * The detectors of machines whose story does not name any.
 *
 * None, in the model as it is written: its callers of get_user_pages() release with put_page(), so any detector of leaked
 * pins complains of every story that pins a page. In a copy of the model in which the releases were converted none may.
 */

import { type PinDetector, page_pinning_init, pinning_complaints } from "../mm/page_pinning.ts";
import { counting } from "../mm/pin_counting.ts";
import { ownerRecords } from "../mm/pin_owners.ts";
import { sanityChecks } from "../mm/pin_sanity.ts";
import { vmstatCounters } from "../mm/pin_vmstat.ts";

interface Standing {
  detectors: readonly PinDetector[];
  /** Of the machines that were switched off since. */
  readonly complaints: string[];
}

const standing: Standing = { detectors: [], complaints: [] };

/** detectorsAtBoot() - what boot() equips a machine with; what the machine before has to complain of is kept */
export function detectorsAtBoot(): readonly PinDetector[] {
  standing.complaints.push(...pinning_complaints());
  return standing.detectors;
}

/** allDetectors() - every detector at once; the checks look at the count before it is changed */
export function allDetectors(): readonly PinDetector[] {
  return [sanityChecks(), counting(), vmstatCounters(), ownerRecords(1)];
}

/** playDetected() - play a story on machines with detectors: what it tells, and what they have to complain of at its end */
export function playDetected<Told>(detectors: readonly PinDetector[], story: () => Told) {
  page_pinning_init(detectors);
  Object.assign(standing, { detectors, complaints: [] });
  const told = story();
  const complaints = [...standing.complaints, ...pinning_complaints()];
  Object.assign(standing, { detectors: [], complaints: [] });
  return { told, complaints };
}

/**
 * callsBlamed() - the functions whose release was the first that the checks noticed of a page: later ones may be innocent
 *
 * Of one machine: another has other pages of the same numbers.
 */
export function callsBlamed(complaints: readonly string[]): readonly string[] {
  const blamed = new Map<string, string>();
  for (const complaint of complaints) {
    const [, page, call] = /^page (\d+)\b.* released by (\w+\(\))/.exec(complaint) ?? [];
    if (page !== undefined && call !== undefined && !blamed.has(page)) blamed.set(page, call);
  }
  return [...new Set(blamed.values())].sort();
}
