import { ts } from "ts-morph";
import { annotationOf } from "./annotation.ts";

/**
 * Is this literal only taken apart by the pattern it initializes? The pattern wants `any` of every member that it
 * names, which says nothing: the names get their types by inference.
 */
export function isTakenApart(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): boolean {
  const { parent } = literal;
  if (ts.isPropertyAssignment(parent)) return isTakenApart(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isTakenApart(parent);
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return annotationOf(parent) === undefined && !ts.isIdentifier(parent.name);
  }
  return ts.isBindingElement(parent) && !ts.isIdentifier(parent.name);
}

/** Is this, or is it a part of, what is assigned to: `[id] = …`, `({ id } = …)` and `for (id of …)`? */
export function isTarget(use: ts.Node): boolean {
  const { parent } = use;
  const isInside =
    ts.isArrayLiteralExpression(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isSpreadElement(parent);
  if (isInside) return isTarget(parent);
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === use;
  return (
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === use
  );
}
