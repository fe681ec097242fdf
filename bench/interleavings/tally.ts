import fc from "fast-check";
import {
  type Interleaving,
  type InterleavingStory,
  playInterleaving,
} from "../../src/kernel/scenarios/interleaving.ts";
import { arbitraryStory } from "./arbitrary-story.ts";

/** What to print, and whether something was wrong. */
export interface Account {
  readonly lines: readonly string[];
  readonly failed: boolean;
}

interface Tally {
  stories: number;
  nested: number;
  exitsDuringIo: number;
  readonly moves: Map<string, number>;
  readonly struck: Map<string, number>;
}

/** Plays @count stories that @seed begins; the first that fails is told again in its smallest form. */
export function tryStories(seed: number, count: number): Account {
  const tally: Tally = { stories: 0, nested: 0, exitsDuringIo: 0, moves: new Map(), struck: new Map() };
  const property = fc.property(arbitraryStory, (story) => {
    const interleaving = playOrStop(story);
    add(tally, interleaving);
    return interleaving.complaints.length === 0;
  });
  const { counterexample } = fc.check(property, { seed, numRuns: count });
  const lines = [`seed ${seed}: ${describe(tally)}`];
  if (counterexample === null) return { lines, failed: false };

  const [story] = counterexample;
  return { lines: [...lines, ...describeFailure(story)], failed: true };
}

/** Plays the story that was printed when it failed. */
export function playStory(json: string): Account {
  const { complaints, moves, struck } = playOrStop(JSON.parse(json) as InterleavingStory);
  const lines = [`moves: ${JSON.stringify(moves)}`, `struck: ${struck.join(", ")}`, ...complaints];
  return { lines, failed: complaints.length > 0 };
}

// A machine that stops has one complaint, with the place where it stopped.
function playOrStop(story: InterleavingStory): Interleaving {
  try {
    return playInterleaving(story);
  } catch (error) {
    const stop = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { complaints: [stop], struck: [], moves: [], nested: 0, exitsDuringIo: 0 };
  }
}

function add(tally: Tally, { moves, struck, nested, exitsDuringIo }: Interleaving): void {
  tally.stories++;
  tally.nested += nested;
  tally.exitsDuringIo += exitsDuringIo;
  for (const [name, count] of moves) tally.moves.set(name, (tally.moves.get(name) ?? 0) + count);
  for (const kind of struck) tally.struck.set(kind, (tally.struck.get(kind) ?? 0) + 1);
}

function describe({ stories, nested, exitsDuringIo, moves, struck }: Tally): string {
  const count = (counts: ReadonlyMap<string, number>) =>
    [...counts].toSorted(([left], [right]) => left.localeCompare(right)).map(([name, n]) => `  ${name} ${n}`);
  return [
    `${stories} interleavings; ${nested} system calls began while another one slept`,
    `${exitsDuringIo} processes exited while bios were in flight`,
    "moves:",
    ...count(moves),
    "faults that struck:",
    ...count(struck),
  ].join("\n");
}

function describeFailure(story: InterleavingStory): readonly string[] {
  const { complaints } = playOrStop(story);
  return ["", "a story fails:", ...complaints, "tell it again with:", `--story '${JSON.stringify(story)}'`];
}
