import { ts } from "ts-morph";
import { addPoint, declaredSights, insert, look, memberSights, namedSights, type Sheet, type Sight } from "../sheet.ts";

/** What is read from a member: so is seen what came into it under another type. */
export function reads(node: ts.Node, sheet: Sheet): void {
  if (!ts.isPropertyAccessExpression(node) || isTarget(node) || isInChain(node)) return;
  look(sheet, node, namedSights(sheet.context, node));
}

/** What is assigned to a variable or a member. */
export function assignments(node: ts.Node, sheet: Sheet): void {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    look(sheet, node.right, namedSights(sheet.context, node.left));
  }
  if (ts.isPropertyDeclaration(node) && node.initializer !== undefined) {
    look(sheet, node.initializer, declaredSights(sheet.context, node));
  }
}

/** The members of an object literal, under the literal's own type and the one that is expected there. */
export function literals(node: ts.Node, sheet: Sheet): void {
  if (ts.isPropertyAssignment(node)) look(sheet, node.initializer, literalSights(sheet, node));
  if (ts.isShorthandPropertyAssignment(node)) {
    const point = addPoint(sheet, node, literalSights(sheet, node));
    if (point !== undefined) insert(sheet, node.name.end, `: __o.seen(${node.name.text}, ${point})`);
  }
}

function literalSights(sheet: Sheet, member: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): readonly Sight[] {
  const { checker } = sheet.context.test;
  const expected = checker.getContextualType(member.parent)?.getProperty(member.name.getText());
  const own = declaredSights(sheet.context, member);
  return [...own, ...(expected === undefined ? [] : memberSights(sheet.context, expected))];
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return isAssignment(parent.operatorToken.kind) && parent.left === node;
  if (ts.isForOfStatement(parent)) return parent.initializer === node;
  return ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent) || ts.isDeleteExpression(parent);
}

// `a?.b.c` gives nothing up at `a?.b`, unless it stays one chain.
function isInChain(node: ts.PropertyAccessExpression): boolean {
  const { parent } = node;
  return ts.isOptionalChain(node) && "expression" in parent && parent.expression === node && ts.isOptionalChain(parent);
}
