import fc from "fast-check";
import { expect, test } from "vitest";
import { playRandomStory } from "./random-io.ts";

const step = fc.record({
  slot: fc.nat(3),
  write: fc.boolean(),
  asynchronous: fc.boolean(),
  sectors: fc.integer({ min: 1, max: 60 }),
  place: fc.oneof(
    fc.nat(67),
    fc.nat(8).map((pages) => pages * 8),
  ),
  memory: fc.nat(7),
  cut: fc.nat(60),
});

const story = fc.record({
  seed: fc.nat(),
  frames: fc.constantFrom(24, 40, 128),
  scattered: fc.boolean(),
  badSectors: fc.array(fc.nat(2047), { maxLength: 4 }),
  holes: fc.array(fc.nat(80), { maxLength: 3 }),
  killAt: fc.option(fc.nat(2000)),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
});

test("whatever is read and written, the bytes are right and every reference is given back", () => {
  fc.assert(
    fc.property(story, (told) => {
      expect(playRandomStory(told)).toEqual({ mismatches: [], imbalances: [], imbalancesAfterVerifying: [] });
    }),
    { numRuns: 150, seed: 20181009 },
  );
});
