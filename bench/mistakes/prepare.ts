import { join, relative } from "node:path";
import fc from "fast-check";
import { applyChanges, byFile, type Edit } from "../../src/engine/edit.ts";
import type { Mutant, ReleasePlace } from "../../src/engine/mistakes/mistake.ts";
import { overlayOf } from "../../src/engine/typescript/mistakes/plant.ts";
import { loadProject } from "../../src/engine/typescript/project/load.ts";
import { arbitraryStory } from "../interleavings/arbitrary-story.ts";
import { bundleOf, modelTexts } from "./bundle.ts";
import { mistakeName } from "./mistake-name.ts";
import { playProbed } from "./probes.ts";
import { model as subject } from "./question.ts";
import { type MutantRun, type Stage, sample } from "./run-mutant.ts";
import { type Story, testStories } from "./stories.ts";

/** Everything to play, and on which model. */
export interface Prepared {
  readonly stage: Stage;
  readonly runs: readonly MutantRun[];
}

/** The mistakes in the model as a strategy leaves it. */
export interface Planted {
  readonly edits: readonly Edit[];
  readonly mutants: readonly Mutant[];
  readonly places: readonly ReleasePlace[];
}

const interleavings = 60;

/**
 * The model with the edits, its stories with their ends, and every mistake in it. The types are gone when a model runs,
 * so one strategy that converts releases stands for all.
 */
export function prepare(workingDirectory: string, { edits, mutants, places }: Planted): Prepared {
  const loaded = loadProject(subject.project, workingDirectory);
  const model = loaded.root;
  const inModel = (path: string) => relative(model, path).replaceAll("\\", "/");
  const overlay = overlayOf(loaded, byFile(edits), workingDirectory);
  const edited = [...overlay].map(([path, text]) => [inModel(path), text] as const);
  const texts = new Map([...modelTexts(model), ...edited]);
  const fileOf = ({ file }: ReleasePlace) => inModel(join(workingDirectory, file));

  const bundle = bundleOf(model, texts);
  const stories = [...testStories(bundle), ...toldByDice()];
  const releases = mutants
    .filter(({ kind }) => kind === "missing-release")
    .map((leftOut) => ({ file: fileOf(leftOut.place), leftOut }));
  const { outcomes, passing } = playProbed(model, bundle, texts, releases, stories);
  const nameOf = mistakeName(places);
  const runs = mutants.map((mutant) => ({
    key: nameOf(mutant),
    file: fileOf(mutant.place),
    text: applyChanges(texts.get(fileOf(mutant.place)) ?? "", mutant.changes),
    passing: sampleFirst(passing(mutant.place)),
  }));
  return { stage: { model, texts: [...texts], stories, outcomes }, runs };
}

// A sample is what lies at equal distances.
function sampleFirst(stories: readonly number[]): readonly number[] {
  const step = Math.max(1, stories.length / sample);
  const first = Array.from({ length: Math.min(sample, stories.length) }, (_, i) => stories[Math.floor(i * step)] ?? 0);
  return [...new Set([...first, ...stories])];
}

function toldByDice(): readonly Story[] {
  const stories = fc.sample(arbitraryStory, { numRuns: interleavings, seed: 20181009 });
  return stories.map((story, i): Story => ({ kind: "interleaving", name: `interleaving ${i + 1}`, story }));
}
