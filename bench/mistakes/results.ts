import type { MistakeKind, ReleasePlace } from "../../src/engine/mistakes/mistake.ts";
import type { MistakeMatrix } from "../../src/engine/mistakes/mistake-matrix.ts";
import { mistakeName } from "./mistake-name.ts";
import type { MutantRun, Notices } from "./run-mutant.ts";

/** What became of one mistake. */
export interface MistakeResult {
  /** Without lines, so that it stays the same when code above it changes. */
  readonly name: string;
  readonly kind: MistakeKind;
  readonly side: ReleasePlace["side"];
  /** By strategy: the code of the compiler's first complaint, null where it has none; left out where it was not made. */
  readonly stopped: Readonly<Record<string, number | null>>;
  /** How many stories pass by the place; null where the mistake was not played. */
  readonly passing: number | null;
  /** Who noticed it while it ran, each with the first story in which it did. */
  readonly noticed: Notices;
}

/** The results of a run, as they are kept. */
export interface Results {
  readonly compiler: string;
  readonly stories: number;
  readonly mistakes: readonly MistakeResult[];
}

/** The strategy whose text is played: it converts the releases, and the types of the others are gone when a model runs. */
export const played = "rename";

/** Puts together what the compiler and the stories said. */
export function resultsOf(
  matrix: MistakeMatrix,
  stories: number,
  runs: readonly MutantRun[],
  notices: ReadonlyMap<string, Notices>,
): Results {
  const nameOf = mistakeName(matrix.places);
  const passing = new Map(runs.map((run) => [run.key, run.passing.length]));
  const made = new Map<string, MistakeResult>();
  for (const { strategy, mutants } of matrix.columns) {
    for (const mutant of mutants) {
      const name = nameOf(mutant);
      const known = made.get(name);
      made.set(name, {
        name,
        kind: mutant.kind,
        side: mutant.place.side,
        stopped: { ...known?.stopped, [strategy]: mutant.stopped?.code ?? null },
        passing: passing.get(name) ?? null,
        noticed: notices.get(name) ?? {},
      });
    }
  }
  const mistakes = [...made.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { compiler: matrix.columns[0]?.compiler ?? "", stories, mistakes };
}

/** The text that is kept: a line for the run and one for each mistake, so that a difference can be read. */
export function textOfResults({ mistakes, ...run }: Results): string {
  return [run, ...mistakes].map((each) => `${JSON.stringify(each)}\n`).join("");
}

/** What a text says that was kept. */
export function readResults(text: string): Results {
  const [run, ...mistakes] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { ...run, mistakes };
}

/** Was it played, and did nobody notice? */
export function isSurvivor({ passing, noticed }: MistakeResult): boolean {
  return passing !== null && Object.keys(noticed).length === 0;
}
