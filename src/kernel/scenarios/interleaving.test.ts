import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryStory } from "../../../bench/interleavings/arbitrary-story.ts";
import { playInterleaving } from "./interleaving.ts";
import { submitters } from "./submitters.ts";

test("whoever interleaves with whomever, and whatever fails, the bytes are right and every reference is given back", () => {
  fc.assert(
    fc.property(arbitraryStory, (story) => {
      expect(playInterleaving(story).complaints).toEqual([]);
    }),
    { numRuns: 300, seed: 20181009 },
  );
});

test("a story that is told again ends the same way", () => {
  for (const story of fc.sample(arbitraryStory, { numRuns: 20, seed: 7 })) {
    expect(playInterleaving(story)).toEqual(playInterleaving(story));
  }
});

test("every submitter that there is takes part", () => {
  const folder = join(import.meta.dirname, "submitters");
  const opened = readdirSync(folder)
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/^export const (open\w+): OpenSubmitter/gm),
    ])
    .map(([, name]) => name);
  expect(submitters.map(({ open }) => open.name).toSorted()).toEqual(opened.toSorted());
});
