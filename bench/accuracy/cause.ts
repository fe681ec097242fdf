import type { Edit } from "../../src/engine/edit.ts";
import { knownCauses } from "./known-causes.ts";
import type { Recovery } from "./recover.ts";
import type { WrittenBrand } from "./strip.ts";

/** Why the meter's answer and the authors' differ at a place; a closed set. */
export type Cause = keyof typeof causeText;

/** What each cause says in the table. */
export const causeText = {
  outside:
    "branded values come here from outside alone, by an entry that the blind question does not name; with the entries named it is recovered",
  mixed:
    "plain values arrive here too: some come from outside, by an entry that the question does not name, and the authors say by the annotation that those are branded as well",
  "not-called":
    "a parameter, a parameter's type or what a returned encoder takes, which nothing inside the package gives a branded value",
  "not-written":
    "a member that nothing inside the package writes a branded value to: a message, a row, a server's answer",
  "template-type": "inside a template literal type, which no value's flow leads into",
  "record-key": "the key of a `Record`, a mapped type or an index signature",
  "whole-cast": "the authors test a record's fields one by one and then cast the record as a whole",
  overload:
    "a signature for the branded value beside the one for plain values: two functions where stripped there is one",
  "wider-by-choice": "only branded values arrive; the authors left it wider because it is general code",
  unexplained: "not looked into yet",
} as const;

/** The cause of a place the meter leaves alone: told by the other answer, by those looked at, by its label, or its syntax. */
export function causeOfMissed(place: WrittenBrand, { report, outside }: Recovery, brand: string): Cause {
  if (outside.includes(place)) return "outside";
  const known = knownCauses[`${brand} ${place.file} ${place.place}`];
  if (known !== undefined) return known;
  const reached = report.positions.find(
    ({ file, start, end }) => file === place.file && start <= place.start && place.start < end,
  );
  if (reached?.label === "mixed") return "mixed";
  return place.kind === "record-key" || place.kind === "template-type" ? place.kind : "unexplained";
}

/** The cause of an annotation that the authors left alone. */
export function causeOfExtra(edit: Edit, brand: string): Cause {
  return knownCauses[`${brand} ${edit.position}`] ?? "unexplained";
}
