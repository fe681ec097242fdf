import type { ts } from "ts-morph";
import type { Place } from "../../question.ts";
import type { Collected } from "../front-end.ts";
import { sourcesBySite } from "../plan/planner.ts";
import type { Generics, Refused } from "./generics.ts";
import { functionAround, keyOf } from "./owner.ts";

/** What is refused so far. */
export type Growing = { readonly [Key in keyof Refused]: Set<string> };

/** Refuses the function that a complaint is in, or the holders referred to on its line, or else in its statement. */
export function refuse(collected: Collected, generics: Generics, { file, line }: Place, refused: Growing): void {
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
