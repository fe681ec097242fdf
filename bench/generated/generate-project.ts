import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { libraryModules } from "./library.ts";
import { moduleText, origin, originText, type PlannedModule } from "./modules.ts";
import { type Random, randomFrom } from "./random.ts";

/** What to generate. */
export interface Size {
  readonly lines: number;
  /** How many modules the lease and the account travel through. */
  readonly reach: number;
  readonly seed: number;
}

/** What was written. */
export interface GeneratedProject {
  readonly folder: string;
  readonly files: number;
  readonly lines: number;
}

const linesPerModule = 200;
const nouns = ["Invoice", "Parcel", "Route", "Ticket", "Ledger", "Depot", "Tariff", "Permit", "Survey", "Roster"];

const compilerOptions = {
  target: "es2022",
  lib: ["es2022"],
  module: "esnext",
  moduleResolution: "bundler",
  strict: true,
  noEmit: true,
  types: [],
};

/** Writes a TypeScript project of that size into an existing folder; the same size gives the same bytes. */
export function generateProject(folder: string, size: Size): GeneratedProject {
  const random = randomFrom(size.seed);
  const texts = new Map<string, string>([...Object.entries(libraryModules), [origin.file, originText]]);
  for (const planned of planModules(size, random)) texts.set(planned.file, moduleText(planned, random));

  texts.set("tsconfig.json", `${JSON.stringify({ compilerOptions, include: ["src"] }, null, 2)}\n`);
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const lines = [...texts.values()].reduce((total, text) => total + text.split("\n").length - 1, 0);
  return { folder, files: texts.size, lines };
}

function planModules({ lines, reach }: Size, random: Random): readonly PlannedModule[] {
  const modules: PlannedModule[] = [];
  const reached: PlannedModule[] = [origin];
  const total = Math.ceil(lines / linesPerModule);
  for (let i = 0; i < total; i++) {
    // Evenly spread, and exactly `reach` of them.
    const isReached = Math.floor(((i + 1) * reach) / total) > Math.floor((i * reach) / total);
    const planned = planModule(i, modules, isReached ? parentIn(reached, random) : undefined, random);
    modules.push(planned);
    if (isReached) reached.push(planned);
  }
  return modules;
}

function planModule(
  i: number,
  before: readonly PlannedModule[],
  parent: PlannedModule | undefined,
  random: Random,
): PlannedModule {
  const noun = `${nouns[i % nouns.length]}${i}`;
  // A folder of 25 modules, mostly using each other.
  const file = `src/area${Math.floor(i / 25)}/${noun.toLowerCase()}.ts`;
  const near = before.slice(-25);
  const uses = new Set([0, 1, 2].flatMap(() => near[random.below(25)] ?? []));
  const lines = linesPerModule - 15 + random.below(10);
  return { file, noun, lines, uses: [...uses], parent };
}

// From the last three quarters: chains a dozen modules deep, not a star and not one line.
function parentIn(reached: readonly PlannedModule[], random: Random): PlannedModule {
  const from = Math.floor(reached.length / 4);
  return reached[from + random.below(reached.length - from)] ?? origin;
}
