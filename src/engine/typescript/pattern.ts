import { ts } from "ts-morph";

/**
 * Is this literal only taken apart by the pattern it initializes? The pattern wants `any` of every member that it
 * names, which says nothing: the names get their types by inference.
 */
export function isTakenApart(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): boolean {
  const { parent } = literal;
  return ts.isVariableDeclaration(parent) && parent.type === undefined && !ts.isIdentifier(parent.name);
}
