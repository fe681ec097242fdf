import type { InterleavingStory } from "../../src/kernel/scenarios/interleaving.ts";
import { type Bundle, instantiate } from "./bundle.ts";
import { type ListeningRunner, listeningRunner } from "./listening-runner.ts";
import { told } from "./told.ts";

/** Something to play on the model: a test of a file of tests, or an interleaving that dice have told. */
export type Story =
  | { readonly kind: "test"; readonly file: string; readonly name: string }
  | { readonly kind: "interleaving"; readonly name: string; readonly story: InterleavingStory };

/** What became of a story. */
export interface Outcome {
  /** What the story looked at, or what was wrong in the end. */
  readonly heard: readonly string[];
  /** The message of what ended it early, null where nothing did. */
  readonly error: string | null;
  /** Of the detectors, all of which are on. */
  readonly complaints: readonly string[];
}

interface StandingDetectors {
  readonly allDetectors: () => readonly unknown[];
  readonly playDetected: (
    detectors: readonly unknown[],
    story: () => void,
  ) => { readonly complaints: readonly string[] };
}

interface Interleavings {
  readonly playInterleaving: (story: InterleavingStory) => { readonly complaints: readonly string[] };
}

interface Pinning {
  readonly pinning_warnings: () => readonly string[];
}

/** Every test of the model that is a story by itself; those that make up stories by the hundred are told as interleavings. */
export function testStories(bundle: Bundle): readonly Story[] {
  const files = [...bundle.keys()].filter((file) => file.endsWith(".test.ts"));
  return files.flatMap((file) => {
    const runner = listeningRunner();
    instantiate(bundle, new Map([["vitest", runner.module]]))(file);
    return runner.tests.map(({ name }): Story => ({ kind: "test", file, name }));
  });
}

/** Plays a story on a model that nobody has used before, with all detectors on. */
export function play(bundle: Bundle, story: Story): Outcome {
  const runner = listeningRunner();
  const instanceOf = instantiate(bundle, new Map([["vitest", runner.module]]));
  const { allDetectors, playDetected } = instanceOf("scenarios/standing-detectors.ts") as StandingDetectors;
  try {
    const tell = tellerOf(story, instanceOf, runner);
    const heard: string[] = [];
    const { complaints } = playDetected(allDetectors(), () => heard.push(...tell()));
    return { heard, error: null, complaints };
  } catch (error) {
    const { pinning_warnings } = instanceOf("mm/page_pinning.ts") as Pinning;
    return { heard: [], error: messageOf(error), complaints: pinning_warnings() };
  }
}

function tellerOf(
  story: Story,
  instanceOf: (file: string) => object,
  runner: ListeningRunner,
): () => readonly string[] {
  if (story.kind === "interleaving") {
    const { playInterleaving } = instanceOf("scenarios/interleaving.ts") as Interleavings;
    return () => playInterleaving(story.story).complaints.map((complaint) => told(complaint));
  }
  instanceOf(story.file);
  const found = runner.tests.find(({ name }) => name === story.name);
  return () => {
    found?.play();
    return runner.heard;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
