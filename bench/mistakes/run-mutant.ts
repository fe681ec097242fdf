import { Script } from "node:vm";
import { type Bundle, bundleOf, compiled } from "./bundle.ts";
import { type Noticer, noticedBy } from "./notice.ts";
import { type Outcome, play, type Story } from "./stories.ts";

/** The model without a mistake, the stories, and how they end there. */
export interface Stage {
  readonly model: string;
  readonly texts: readonly (readonly [file: string, text: string])[];
  readonly stories: readonly Story[];
  readonly outcomes: readonly Outcome[];
}

/** A mistake in one module, and the stories that pass by its place. */
export interface MutantRun {
  readonly key: string;
  readonly file: string;
  readonly text: string;
  /** The first are a sample of all. */
  readonly passing: readonly number[];
}

/** Who noticed a mistake, each with the first story in which it did. */
export type Notices = Readonly<Partial<Record<Noticer, string>>>;

// Milliseconds; without a mistake none takes a tenth of it.
const longest = 10_000;

/** How many stories are played of a mistake that is noticed. */
export const sample = 12;

/**
 * Plays stories that pass by a mistake, and tells who notices: a sample, and all others only where nobody has noticed by
 * then. A story that takes longer than it may is the last one.
 */
export function runMutant(stage: Stage, bundle: Bundle, { file, text, passing }: MutantRun): Notices {
  const mutated: Bundle = new Map(bundle).set(file, compiled(stage.model, file, text));
  const notices: Partial<Record<Noticer, string>> = {};
  for (const [turn, index] of passing.entries()) {
    if (turn >= sample && Object.keys(notices).length > 0) break;
    const [story, before] = [stage.stories[index], stage.outcomes[index]];
    if (story === undefined || before === undefined) continue;
    for (const noticer of noticedBy(before, playInTime(mutated, story))) notices[noticer] ??= nameOf(story);
    if (notices.hang !== undefined) break;
  }
  return notices;
}

/** The bundle of a stage. */
export function bundleFor({ model, texts }: Stage): Bundle {
  return bundleOf(model, new Map(texts));
}

const job: { play: () => Outcome } = { play: () => ({ heard: [], error: null, complaints: [] }) };
const script = new Script("globalThis.__userpageJob()");

// Node can only stop what runs as a script.
function playInTime(bundle: Bundle, story: Story): Outcome {
  job.play = () => play(bundle, story);
  Object.assign(globalThis, { __userpageJob: () => job.play() });
  try {
    return script.runInThisContext({ timeout: longest }) as Outcome;
  } catch (error) {
    return { heard: [], error: error instanceof Error ? error.message : String(error), complaints: [] };
  }
}

function nameOf(story: Story): string {
  return story.kind === "test" ? `${story.file}: ${story.name}` : story.name;
}
