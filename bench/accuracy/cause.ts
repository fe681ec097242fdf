import type { Edit } from "../../src/engine/edit.ts";
import type { Report } from "../../src/engine/report.ts";
import { knownCauses } from "./known-causes.ts";
import type { WrittenBrand } from "./strip.ts";

/** Why the meter's answer and the authors' differ at a place; a closed set. */
export type Cause = keyof typeof causeText;

/** What each cause says in the table. */
export const causeText = {
  mixed:
    "plain values arrive here too in the stripped sources: the authors cast each of them, and a cast in the middle of a function has no selector that would name it",
  "record-key":
    "the key of a `Record`, a mapped type or an index signature, which the meter does not follow a value into",
  "template-type": "inside a template literal type, which no value's flow leads into",
  "not-called": "a parameter that nothing inside the package calls with a branded value",
  "not-written": "a member that nothing inside the package writes a branded value to",
  "cast-before": "the value comes out of a cast of the authors, which has no selector",
  "wider-by-choice": "only branded values arrive; the authors left it wider because it is general code",
  unexplained: "not looked into yet",
} as const;

/** The cause of a place the meter leaves alone: from the table of those looked at, else from the syntax or the label. */
export function causeOfMissed(place: WrittenBrand, report: Report, brand: string): Cause {
  const known = knownCauses[`${brand} ${place.file} ${place.place}`];
  if (known !== undefined) return known;
  if (place.kind === "record-key" || place.kind === "template-type") return place.kind;
  const reached = report.positions.find(
    ({ file, start, end }) => file === place.file && start <= place.start && place.start < end,
  );
  return reached?.label === "mixed" ? "mixed" : "unexplained";
}

/** The cause of an annotation that the authors left alone. */
export function causeOfExtra(edit: Edit, brand: string): Cause {
  return knownCauses[`${brand} ${edit.position}`] ?? "unexplained";
}
