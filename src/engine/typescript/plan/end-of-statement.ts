import { ts } from "ts-morph";

/** Where something new can stand behind a statement: after the comments on its last line, which belong to it. */
export function endOf(statement: ts.Node): number {
  const { text } = statement.getSourceFile();
  return ts.getTrailingCommentRanges(text, statement.getEnd())?.at(-1)?.end ?? statement.getEnd();
}
