import { ts } from "ts-morph";
import { branchesOf } from "../syntax/values.ts";
import { isReference } from "../tagging/leaves.ts";
import { iteratedTypes } from "../types/iterated.ts";

/** A value that a spread brings: an expression, or a part of the type of one. */
export interface SpreadPart {
  readonly value: ts.Expression;
  readonly part?: ts.Type;
}

/** What a spread copies out, in order, once for each branch of what is spread: the elements of a literal themselves, else by their types. */
export function spreadParts(spread: ts.Expression, checker: ts.TypeChecker): readonly (readonly SpreadPart[])[] {
  return branchesOf(spread).map((branch) => branchParts(branch, checker));
}

function branchParts(branch: ts.Expression, checker: ts.TypeChecker): readonly SpreadPart[] {
  if (!ts.isArrayLiteralExpression(branch))
    return elementTypes(branch, checker).map((part) => ({ value: branch, part }));
  return branch.elements.flatMap((element) =>
    ts.isSpreadElement(element) ? spreadParts(element.expression, checker).flat() : [elementPart(element, checker)],
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
  const type = checker.getNonNullableType(checker.getTypeAtLocation(spread));
  if (checker.isTupleType(type) && isReference(type)) return checker.getTypeArguments(type);
  return iteratedTypes(type, spread, checker);
}
