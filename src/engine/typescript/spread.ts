import { ts } from "ts-morph";
import { isReference } from "./leaves.ts";

/** The types of what a spread copies out: slot by slot of a tuple, once of any other iterable. */
export function elementTypes(spread: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] {
  const type = checker.getTypeAtLocation(spread);
  if (checker.isTupleType(type) && isReference(type)) return checker.getTypeArguments(type);
  const indexed = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (indexed !== undefined) return [indexed];
  return isReference(type) ? checker.getTypeArguments(type).slice(0, 1) : [];
}
