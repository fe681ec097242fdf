import type { Outcome } from "./stories.ts";

/** Who can notice a mistake while it runs. */
export const noticers = [
  "counting bias",
  "counters",
  "checks",
  "owner records",
  "imbalances",
  "result",
  "BUG",
  "crash",
  "hang",
] as const;

/** One of them. */
export type Noticer = (typeof noticers)[number];

const detectors = {
  "counting bias": /looks like a pin$|is negative$/,
  counters: /^nr_foll_pin_acquired/,
  checks: / is not pinned, released| had no ordinary reference, |ordinary references left for/,
  "owner records": /: pinned by |which nobody has pinned/,
} as const satisfies Partial<Record<Noticer, RegExp>>;

// What an audit of a machine says; see scenarios/imbalances.ts and the end of an interleaving.
const audits =
  /"[^"\n]*(?:references, \d+ owners|mapcount \d+, |bios in use|entries mapped|tags taken|direct IOs in progress|readers of address spaces|that are not zero|frames are not free)[^"\n]*"(?:, )?/g;

/** Who notices a difference between two outcomes of a story: the first without a mistake, the second with one. */
export function noticedBy(before: Outcome, after: Outcome): ReadonlySet<Noticer> {
  const found = new Set<Noticer>(newComplaints(before, after));
  if (after.error !== null && after.error !== before.error) found.add(stopOf(after.error));
  if (after.error !== null) return found;
  const [heard, otherwise] = [before.heard.join("\n"), after.heard.join("\n")];
  if (heard === otherwise) return found;
  if (auditsIn(heard) !== auditsIn(otherwise)) found.add("imbalances");
  if (heard.replace(audits, "") !== otherwise.replace(audits, "")) found.add("result");
  return found;
}

function auditsIn(heard: string): string {
  return (heard.match(audits) ?? []).join("\n");
}

// Counts apart: a detector that complained of a page before says nothing new by another count.
function newComplaints(before: Outcome, after: Outcome): readonly Noticer[] {
  const known = new Set(before.complaints.map(withoutCounts));
  return after.complaints.filter((complaint) => !known.has(withoutCounts(complaint))).flatMap(detectorOf);
}

function withoutCounts(complaint: string): string {
  return complaint.replace(/(?<!page )-?\b\d+/g, "#");
}

function detectorOf(complaint: string): readonly Noticer[] {
  const found = Object.entries(detectors).filter(([, words]) => words.test(complaint));
  return found.map(([name]) => name as Noticer);
}

function stopOf(error: string): Noticer {
  if (error.includes("kernel BUG")) return "BUG";
  return error.includes("timed out") ? "hang" : "crash";
}
