import { ts } from "ts-morph";

/** The expression without what only the compiler sees. */
export function withoutCasts(expression: ts.Expression): ts.Expression {
  const isCast =
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression);
  return isCast ? withoutCasts(expression.expression) : expression;
}

/** Are both written as the same value, casts apart? */
export function isSameValue(left: ts.Expression, right: ts.Expression): boolean {
  return withoutCasts(left).getText() === withoutCasts(right).getText();
}
