import fc from "fast-check";
import type { Fault } from "../../src/kernel/scenarios/faults.ts";
import type { InterleavingStory, Role } from "../../src/kernel/scenarios/interleaving.ts";
import { submitters } from "../../src/kernel/scenarios/submitters.ts";

const actor = fc.nat(4);
const at = fc.nat(1500);

const role: fc.Arbitrary<Role> = fc.record({
  submitter: fc.constantFrom(...submitters.map(({ name }) => name)),
  process: fc.nat(2),
  dice: fc.array(fc.nat(0xffffffff), { maxLength: 12 }),
  exitsFirst: fc.boolean(),
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant("hole"), at, actor, page: fc.nat(31), pages: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("failing allocation"), at, space: fc.nat(40), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("failing mapping"), at, space: fc.nat(20), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("no frames"), at, duration: fc.nat(300) }),
  fc.record({ kind: fc.constant("bad sector"), at, actor, sector: fc.nat(511) }),
  fc.record({ kind: fc.constant("kill"), at, actor }),
  fc.record({ kind: fc.constant("removal"), at }),
  fc.record({ kind: fc.constant("sync"), at }),
  fc.record({ kind: fc.constant("reclaim"), at }),
);

/** Stories of one to five submitters with faults; what fails shrinks to few of both. */
export const arbitraryStory: fc.Arbitrary<InterleavingStory> = fc.record({
  seed: fc.nat(),
  frames: fc.constantFrom(512, 160, 64),
  mdts: fc.constantFrom(256, 24, 8),
  roles: fc.array(role, { minLength: 1, maxLength: 5 }),
  faults: fc.array(fault, { maxLength: 6 }),
});
