import fc from "fast-check";
import { recipes } from "./arbitrary.ts";
import { type Judged, judge } from "./judge.ts";
import type { Program, Recipe } from "./program.ts";
import { writeProgram } from "./write-program.ts";

/** A kind of question: what the base is, and how the brand relates to it. */
export type Kind = Pick<Recipe, "base" | "mode">;

/** All kinds, each of which gets the same number of programs. */
export const kinds: readonly Kind[] = [
  { base: "object", mode: "distinct" },
  { base: "primitive", mode: "subtype" },
  { base: "object", mode: "subtype" },
  { base: "primitive", mode: "distinct" },
];

/** What a run over one kind tried, and the smallest program that showed something wrong, if one did. */
export interface Tally {
  readonly kind: Kind;
  readonly tried: number;
  readonly sizes: readonly number[];
  /** The names of all templates that were used. */
  readonly used: ReadonlySet<string>;
  readonly failure: { readonly recipe: Recipe; readonly violations: readonly string[] } | undefined;
}

/** Tries that many programs of a kind; stops at the first violation and shrinks it. */
export function tryPrograms(kind: Kind, seed: number, count: number): Tally {
  const sizes: number[] = [];
  const used = new Set<string>();
  const holds = (recipe: Recipe): boolean => {
    const program = writeProgram(recipe);
    const judged = verdictOn(program);
    fc.pre(judged.kind === "judged");
    sizes.push(program.constructs.length);
    for (const construct of program.constructs) used.add(construct);
    return judged.violations.length === 0;
  };
  const details = fc.check(fc.property(recipes(kind), holds), { seed, numRuns: count });
  const [recipe] = details.counterexample ?? [];
  const failure = recipe === undefined ? undefined : { recipe, violations: violationsOf(recipe) };
  return { kind, tried: details.numRuns, sizes: sizes.slice(0, details.numRuns), used, failure };
}

// A crash is a violation like another.
function verdictOn(program: Program): Judged & { readonly violations: readonly string[] } {
  try {
    const judged = judge(program);
    return judged.kind === "judged" ? judged : { ...judged, violations: [] };
  } catch (error) {
    return { kind: "judged", violations: [`threw ${String(error)}`] };
  }
}

function violationsOf(recipe: Recipe): readonly string[] {
  return verdictOn(writeProgram(recipe)).violations;
}

/** One line: how many programs, and how many constructs each combined. */
export function describeTally({ kind, tried, sizes, used }: Tally): string {
  const sorted = [...sizes].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const each = `${at(0)}/${at(0.5)}/${at(1)} constructs each (min/median/max)`;
  return `${tried} programs, ${kind.base} base, ${kind.mode}: ${each}, ${used.size} different ones in all`;
}
