import type { ts } from "ts-morph";
import type { Attempt } from "./attempt.ts";
import type { ReportedDiagnostic } from "./report.ts";
import type { Solution } from "./solve.ts";
import type { Collected } from "./typescript/front-end.ts";
import { findGenerics, type Generics, type ReadHolder, type Refused } from "./typescript/generic/generics.ts";
import { functionAround, keyOf } from "./typescript/generic/owner.ts";
import { sourcesBySite } from "./typescript/plan/planner.ts";

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

type Growing = { readonly [Key in keyof Refused]: Set<string> };

// The function that the complaint is in, or the holders that are referred to on its line, or else in its statement.
function refuse(collected: Collected, generics: Generics, { file, line }: ReportedDiagnostic, refused: Growing): void {
  const source = sourcesBySite(collected).get(file);
  if (source === undefined || line < 1 || line > source.getLineStarts().length) return;
  const start = source.getPositionOfLineAndCharacter(line - 1, 0);
  const end = source.getLineEndOfPosition(start);
  const within = functionsOn(source, start, end).filter((key) => generics.parameters.has(key));
  for (const key of within) refused.functions.add(key);
  if (within.length > 0) return;
  const isHere = (from: number, to: number) =>
    generics.arguments.filter(({ site }) => site.file === file && from <= site.start && site.end <= to);
  const onLine = isHere(start, end);
  const around = source.statements.find((each) => each.pos <= start && start < each.end);
  const found = onLine.length > 0 || around === undefined ? onLine : isHere(around.pos, around.end);
  for (const { holder } of found) refused.holders.add(`${holder.fileName} ${holder.start}`);
}

function functionsOn(file: ts.SourceFile, start: number, end: number): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (node.pos > end || node.end < start) return;
    const around = functionAround(node);
    if (around !== undefined && node !== file && around.getStart(file) <= end && around.end >= start) {
      found.add(keyOf(around));
      return;
    }
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return [...found];
}
