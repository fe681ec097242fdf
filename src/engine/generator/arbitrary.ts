import fc from "fast-check";
import { passes } from "./passes.ts";
import type { Binding, Recipe, Step } from "./program.ts";
import { shapes } from "./shapes.ts";

const binding = fc.constantFrom<Binding>("inline", "inferred", "written");
const file = fc.nat({ max: 2 });
const choice = fc.nat({ max: 59 });
// Most programs keep the brand pure: mixing hides what a pure one would show.
const plainUse = fc.nat({ max: 19 }).map((n) => n === 19);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      template: fc.constantFrom(...passes.keys()),
      binding,
      plainUse,
      file,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("wrap" as const),
      shape: fc.constantFrom(...shapes.map(({ name }) => name)),
      choice,
      binding,
      file,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("unwrap" as const), choice, binding, file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("part" as const), plainUse, file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("check" as const), file }) },
);

/** Programs of one kind of base and one mode. */
export function recipes({ base, mode }: Pick<Recipe, "base" | "mode">): fc.Arbitrary<Recipe> {
  return fc.record({
    base: fc.constant(base),
    mode: fc.constant(mode),
    source: fc.constantFrom<Recipe["source"]>("written", "written", "inferred"),
    hasRelease: fc.boolean(),
    hasSink: fc.nat({ max: 2 }).map((n) => n === 2),
    steps: fc.array(step, { minLength: 1, maxLength: 9, size: "max" }),
  });
}
