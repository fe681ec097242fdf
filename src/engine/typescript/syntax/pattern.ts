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

/** What a part of a value is assigned to by `[first, [second = other]] = …`, and where in that; undefined where no slot says. */
export function patternSlot(
  assignee: ts.Expression,
  path: string | undefined,
): { readonly assignee: ts.Expression; readonly path: string } | undefined {
  const [step, index] = /^\.\[(\d+)\]/.exec(path ?? "") ?? [];
  if (!ts.isArrayLiteralExpression(assignee) || path === undefined || step === undefined) return undefined;
  const element = assignee.elements[Number(index)];
  if (element === undefined || ts.isSpreadElement(element) || ts.isOmittedExpression(element)) return undefined;
  const slot = { assignee: withoutDefault(element), path: path.slice(step.length) };
  return patternSlot(slot.assignee, slot.path) ?? slot;
}

/** Of `id = next()` in a pattern what is assigned to. */
export function withoutDefault(element: ts.Expression): ts.Expression {
  const isDefault = ts.isBinaryExpression(element) && element.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isDefault ? element.left : element;
}
