import { ts } from "ts-morph";
import { castIn } from "./annotation.ts";

/**
 * The expressions whose value an expression may have: both branches of a conditional, both sides of `??`. Array
 * literals are left out: their elements flow into the contextual type on their own.
 */
export function valuesOf(expression: ts.Expression): readonly ts.Expression[] {
  return branchesOf(expression).filter((each) => !ts.isArrayLiteralExpression(each));
}

/** The same with the array literals. */
export function branchesOf(expression: ts.Expression): readonly ts.Expression[] {
  if (castIn(expression) !== undefined) return [expression];
  if (ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression))
    return branchesOf(expression.expression);
  if (ts.isNonNullExpression(expression)) return branchesOf(expression.expression);
  if (isConstLiteral(expression)) return branchesOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...branchesOf(expression.whenTrue), ...branchesOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression)) return branchesOfOperator(expression);
  return [expression];
}

/** `[page, 1] as const`: what stands in it is wanted as the assertion is. */
export function isConstLiteral(expression: ts.Expression): expression is ts.AssertionExpression {
  if (!ts.isAssertionExpression(expression) || !ts.isConstTypeReference(expression.type)) return false;
  return ts.isArrayLiteralExpression(expression.expression) || ts.isObjectLiteralExpression(expression.expression);
}

function branchesOfOperator(expression: ts.BinaryExpression): readonly ts.Expression[] {
  switch (expression.operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [...branchesOf(expression.left), ...branchesOf(expression.right)];
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return branchesOf(expression.right);
    default:
      return [expression];
  }
}
