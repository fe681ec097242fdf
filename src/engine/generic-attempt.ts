import type { Attempt } from "./attempt.ts";
import type { Solution } from "./solver/solve.ts";
import type { Collected } from "./typescript/front-end.ts";
import { findGenerics, type ReadHolder } from "./typescript/generic/find-generics.ts";
import type { Generics } from "./typescript/generic/generics.ts";
import { refuse } from "./typescript/generic/refuse.ts";

type Outcome = Omit<Attempt, "learned">;

const mostRounds = 8;

/**
 * Carries the strategy `generic` out. Where the compiler complains, what is generic there is so no longer, and what it
 * held is a union again; in the end nothing is generic, which is the answer that `distinct` gives.
 */
export function carryOutGenerics(
  collected: Collected,
  solution: Solution,
  read: ReadHolder,
  carryOut: (solution: Solution, generics: Generics | undefined) => Outcome,
): Outcome {
  const refused = { holders: new Set<string>(), functions: new Set<string>() };
  for (let round = 1; round <= mostRounds; round++) {
    const generics = findGenerics(collected, solution, read, refused);
    if (generics.holders.length === 0) break;
    const outcome = carryOut(generics.solution, generics);
    const complaints = outcome.judgement?.verdict.newDiagnostics ?? [];
    if (complaints.length === 0) return outcome;
    const size = refused.holders.size + refused.functions.size;
    for (const complaint of complaints) refuse(collected, generics, complaint, refused);
    if (refused.holders.size + refused.functions.size === size) break;
  }
  return carryOut(solution, undefined);
}
