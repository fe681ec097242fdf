import { ts } from "ts-morph";
import { castIn } from "./annotation.ts";

/**
 * The expressions whose value an expression may have: both branches of a conditional, both sides of `??`. Array
 * literals are left out: their elements flow into the contextual type on their own.
 */
export function valuesOf(expression: ts.Expression): readonly ts.Expression[] {
  if (castIn(expression) !== undefined) return [expression];
  if (ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression))
    return valuesOf(expression.expression);
  if (ts.isNonNullExpression(expression)) return valuesOf(expression.expression);
  if (isConstLiteral(expression)) return valuesOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...valuesOf(expression.whenTrue), ...valuesOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression)) return valuesOfOperator(expression);
  if (ts.isArrayLiteralExpression(expression)) return [];
  return [expression];
}

/** `[page, 1] as const`: what stands in it is wanted as the assertion is. */
export function isConstLiteral(expression: ts.Expression): expression is ts.AssertionExpression {
  if (!ts.isAssertionExpression(expression) || !ts.isConstTypeReference(expression.type)) return false;
  return ts.isArrayLiteralExpression(expression.expression) || ts.isObjectLiteralExpression(expression.expression);
}

function valuesOfOperator(expression: ts.BinaryExpression): readonly ts.Expression[] {
  switch (expression.operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [...valuesOf(expression.left), ...valuesOf(expression.right)];
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return valuesOf(expression.right);
    default:
      return [expression];
  }
}
