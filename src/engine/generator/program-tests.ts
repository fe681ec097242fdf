import { expect, test } from "vitest";
import type { Mode } from "../migration.ts";
import { describeTally, kinds, tryPrograms } from "./tally.ts";
import { writeProgram } from "./write-program.ts";

const seed = 20181009;
const programsOfEachKind = 250;

/** One test for each kind of base: a thousand programs in all, the same ones every time. */
export function programTests(mode: Mode): void {
  for (const kind of kinds.filter((each) => each.mode === mode)) {
    test(`programs over an ${kind.base} base in ${mode} mode leave no violation`, { timeout: 600_000 }, () => {
      const tally = tryPrograms(kind, seed + kinds.indexOf(kind), programsOfEachKind);
      console.log(`seed ${seed}: ${describeTally(tally)}`);
      const { failure } = tally;
      const texts = failure === undefined ? {} : Object.fromEntries(writeProgram(failure.recipe).texts);
      expect({ violations: failure?.violations ?? [], ...texts }).toEqual({ violations: [] });
      expect(tally.tried).toBe(programsOfEachKind);
    });
  }
}
