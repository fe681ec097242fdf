import { ts } from "ts-morph";
import { isConstLiteral } from "../syntax/values.ts";
import { isReference } from "../tagging/leaves.ts";
import { iteratedTypes } from "../types/iterated.ts";

/** A value that a spread brings: an expression, or a part of the type of one. */
export interface SpreadPart {
  readonly value: ts.Expression;
  readonly part?: ts.Type;
}

/** What a spread copies out, in order: the elements of a literal themselves, else by their types. */
export function spreadParts(spread: ts.Expression, checker: ts.TypeChecker): readonly SpreadPart[] {
  if (ts.isParenthesizedExpression(spread) || isConstLiteral(spread)) return spreadParts(spread.expression, checker);
  if (!ts.isArrayLiteralExpression(spread)) {
    return elementTypes(spread, checker).map((part) => ({ value: spread, part }));
  }
  return spread.elements.flatMap((element) =>
    ts.isSpreadElement(element) ? spreadParts(element.expression, checker) : [elementPart(element, checker)],
  );
}

// A literal that is wanted with no type goes by its own: its parts meet nothing on their own.
function elementPart(element: ts.Expression, checker: ts.TypeChecker): SpreadPart {
  if (!isLiteral(element) || checker.getContextualType(element) !== undefined) return { value: element };
  return { value: element, part: checker.getTypeAtLocation(element) };
}

/** Does the value stand there part by part? */
export function isLiteral(value: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value);
}

// Slot by slot of a tuple, once of any other iterable.
function elementTypes(spread: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] {
  const type = checker.getTypeAtLocation(spread);
  if (checker.isTupleType(type) && isReference(type)) return checker.getTypeArguments(type);
  return iteratedTypes(type, spread, checker);
}
