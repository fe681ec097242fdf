import { ts } from "ts-morph";
import { alternatives } from "../../typescript/tagging/leaves.ts";
import { addPoint, insert, look, type Sheet } from "../sheet.ts";
import { declaredSights, memberSights, namedSights, type Sight } from "../sights.ts";
import { valueSights } from "../value-sights.ts";

/** What is read from a member: so is seen what came into it under another type. */
export function reads(node: ts.Node, sheet: Sheet): void {
  if (!ts.isPropertyAccessExpression(node) || isTarget(node)) return;
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
    const point = addPoint(sheet, node, literalSights(sheet, node), valueSights(sheet.context, node.name));
    if (point !== undefined) insert(sheet, node.name.end, `: __o.seen(${node.name.text}, ${point})`);
  }
}

function literalSights(sheet: Sheet, member: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): readonly Sight[] {
  const expected = sheet.context.test.checker.getContextualType(member.parent);
  const name = member.name.getText();
  const members = expected === undefined ? [] : alternatives(expected).flatMap((type) => type.getProperty(name) ?? []);
  const [only, ...others] = new Set(members);
  const own = declaredSights(sheet.context, member).map((sight) => ({ ...sight, passing: true as const }));
  return only === undefined || others.length > 0 ? own : [...own, ...memberSights(sheet.context, only)];
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
