import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";
import type { ReleaseCall } from "./release-calls.ts";
import { withoutCasts } from "./same-value.ts";

/** The changes that make a batch one smaller or one larger, as far as there is one around or in the call. */
export interface Bounds {
  readonly fewer: TextChange | undefined;
  readonly more: TextChange | undefined;
}

/** What ends the batch that a call releases: a count that it is given, else the nearest loop around it. */
export function boundsOf(call: ts.CallExpression, { numbers, isOverArray }: ReleaseCall): Bounds {
  const count = call.arguments[numbers[0] ?? -1];
  if (count !== undefined) return { fewer: by(count, "- 1"), more: by(count, "+ 1") };
  const loop = ts.findAncestor(call, (node) => ts.isIterationStatement(node, false) || ts.isFunctionLike(node));
  if (loop === undefined) return none;
  if (ts.isForOfStatement(loop)) return boundsOfForOf(loop, isOverArray);
  return ts.isForStatement(loop) && loop.condition !== undefined ? boundsOfCondition(loop.condition) : none;
}

const none: Bounds = { fewer: undefined, more: undefined };

function boundsOfForOf({ expression }: ts.ForOfStatement, isOverArray: boolean): Bounds {
  const part = withoutCasts(expression);
  if (!isOverArray) return none;
  if (!ts.isCallExpression(part) || !ts.isPropertyAccessExpression(part.expression)) {
    return { fewer: { start: expression.end, end: expression.end, text: ".slice(1)" }, more: undefined };
  }
  const [start, end] = part.arguments;
  const isPart = ["slice", "splice"].includes(part.expression.name.text);
  if (!isPart || start === undefined) return none;
  if (end !== undefined) return { fewer: by(end, "- 1"), more: by(end, "+ 1") };
  // To the end: starting earlier is one too many, where there is something earlier.
  return { fewer: by(start, "+ 1"), more: start.getText() === "0" ? undefined : by(start, "- 1") };
}

function boundsOfCondition(condition: ts.Expression): Bounds {
  if (!ts.isBinaryExpression(condition)) return none;
  const { operatorToken, right } = condition;
  const isOpen = operatorToken.kind === ts.SyntaxKind.LessThanToken;
  if (!isOpen && operatorToken.kind !== ts.SyntaxKind.LessThanEqualsToken) return none;
  return { fewer: by(right, "- 1"), more: by(right, "+ 1") };
}

function by(expression: ts.Expression, step: "- 1" | "+ 1"): TextChange {
  const isSimple = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
  const text = isSimple || ts.isNumericLiteral(expression) ? expression.getText() : `(${expression.getText()})`;
  return { start: expression.getStart(), end: expression.end, text: `${text} ${step}` };
}
