import type { Report } from "../../src/engine/report.ts";
import { knownCauses } from "./known-causes.ts";
import type { WrittenBrand } from "./strip.ts";

/** Why the meter's answer and the authors' differ at a place; a closed set. */
export type Cause = keyof typeof causeText;

/** What each cause says in the table. */
export const causeText = {
  mixed: "plain values arrive here too, out of a cast of the authors that no selector can name; left as it was",
  "record-key": "the key of a `Record`, a mapped type or an index signature: the meter does not follow a key into it",
  "template-type": "inside a template literal type, where a brand cannot be carried by a value's flow",
  predicate: "a type predicate: narrowing makes the brand out of a test, not out of a value that flows in",
  "not-called": "a parameter of the public surface that nothing inside the package calls with a branded value",
  "not-written": "a member that nothing inside the package writes: its values come from a caller or a library",
  "out-of-keys": "values out of `Object.keys()`, `Object.entries()`, JSON or a database, cast by the authors",
  "any-between": "the value passes through `any`, where no type can follow it",
  "own-annotation": "the source itself: its authors let a cast infer what the meter writes down",
  "wider-by-choice": "only branded values arrive; the authors left it wider because it is general code",
  unexplained: "not looked into",
} as const;

/** The cause of a place the meter leaves alone: from the syntax, from its label, else from the table of those looked at. */
export function causeOfMissed(place: WrittenBrand, report: Report, brand: string): Cause {
  const known = knownCauses[`${brand} ${place.file} ${place.place}`];
  if (known !== undefined) return known;
  if (place.kind !== "annotation" && place.kind !== "cast") return place.kind;
  const label = report.positions.find(
    ({ file, start, end }) => file === place.file && start <= place.start && place.start < end,
  )?.label;
  return label === "mixed" ? "mixed" : "unexplained";
}
