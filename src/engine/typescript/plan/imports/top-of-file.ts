import { ts } from "ts-morph";

/**
 * Where a new statement can stand before all others: after `#!`, directives, a licence and comments for tools, and
 * before the comment that belongs to the first statement.
 */
export function topOf(file: ts.SourceFile): number {
  const directives = leadingDirectives(file);
  const first = file.statements[directives.length];
  if (first === undefined) return directives.at(-1)?.getEnd() ?? endOfComments(file);
  const comments = ts.getLeadingCommentRanges(file.text, first.getFullStart()) ?? [];
  const isOfFile = (comment: ts.CommentRange, i: number) =>
    aboutFile.test(file.text.slice(comment.pos, comment.end)) ||
    isSetApart(file.text.slice(comment.end, comments[i + 1]?.pos ?? first.getStart(file)));
  return comments[comments.findLastIndex(isOfFile) + 1]?.pos ?? first.getStart(file);
}

/** The imports that stand before all other statements but directives. */
export function leadingImports(file: ts.SourceFile): readonly ts.Statement[] {
  const statements = file.statements.slice(leadingDirectives(file).length);
  const other = statements.findIndex((each) => !ts.isImportDeclaration(each) && !ts.isImportEqualsDeclaration(each));
  return statements.slice(0, other === -1 ? undefined : other);
}

function leadingDirectives(file: ts.SourceFile): readonly ts.Statement[] {
  const other = file.statements.findIndex(
    (each) => !ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression),
  );
  return file.statements.slice(0, other === -1 ? undefined : other);
}

function endOfComments(file: ts.SourceFile): number {
  const from = ts.getShebang(file.text)?.length ?? 0;
  return ts.getLeadingCommentRanges(file.text, from)?.at(-1)?.end ?? from;
}

const aboutFile =
  /^\/\/\/\s*<|^\/\*!|@ts-(?:no)?check|@jsx|@file|@license|@licence|copyright|SPDX|eslint-disable(?!-)|eslint-env|@vitest|@jest/i;

function isSetApart(between: string): boolean {
  return /\n[^\S\n]*\n/.test(between);
}
