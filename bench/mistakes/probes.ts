import { applyChanges, byFile, type TextChange } from "../../src/engine/edit.ts";
import type { Mutant, ReleasePlace } from "../../src/engine/mistakes/mistake.ts";
import { type Bundle, compiled } from "./bundle.ts";
import { type Outcome, play, type Story } from "./stories.ts";

/** How stories end, and the places that each of them passes by. */
export interface Passed {
  readonly outcomes: readonly Outcome[];
  readonly passing: (place: ReleasePlace) => readonly number[];
}

/** A release as it stands in the text that is played: whoever leaves it out knows where that is. */
export interface Release {
  readonly file: string;
  readonly leftOut: Mutant;
}

/** Plays all stories on a model whose releases say that somebody passes by. */
export function playProbed(
  model: string,
  bundle: Bundle,
  texts: ReadonlyMap<string, string>,
  releases: readonly Release[],
  stories: readonly Story[],
): Passed {
  const passing = new Map<string, number[]>();
  const probed: Bundle = new Map([...bundle, ...probedModules(model, texts, releases)]);
  const outcomes = stories.map((story, index) => {
    const seen = new Set<string>();
    Object.assign(globalThis, { __userpagePassed: (place: string) => seen.add(place) });
    const outcome = play(probed, story);
    for (const place of seen) passing.set(place, [...(passing.get(place) ?? []), index]);
    return outcome;
  });
  Object.assign(globalThis, { __userpagePassed: undefined });
  return { outcomes, passing: (place) => passing.get(keyOf(place)) ?? [] };
}

function probedModules(model: string, texts: ReadonlyMap<string, string>, releases: readonly Release[]): Bundle {
  const files = byFile(releases);
  return new Map(
    [...files].map(([file, there]) => {
      const text = texts.get(file) ?? "";
      const probes = there.flatMap(({ leftOut }) =>
        leftOut.changes.map((change) => probeOf(change, leftOut.place, text)),
      );
      return [file, compiled(model, file, applyChanges(text, probes))] as const;
    }),
  );
}

function probeOf({ start, end }: TextChange, place: ReleasePlace, text: string): TextChange {
  const release = text.slice(start, end);
  const say = `globalThis.__userpagePassed?.(${JSON.stringify(keyOf(place))})`;
  return { start, end, text: release.endsWith(";") ? `{ ${say}; ${release} }` : `(${say}, ${release})` };
}

function keyOf({ file, start }: ReleasePlace): string {
  return `${file} ${start}`;
}
