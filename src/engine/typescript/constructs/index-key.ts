import { ts } from "ts-morph";
import type { Construct, NameFlow, ValueFlow } from "../flow/construct.ts";
import { alternatives } from "../tagging/leaves.ts";

/**
 * ⟦index⟧ ⊆ ⟦key of the index signature⟧, of a record as of an interface; only what passes as a string or number is a
 * key. So is a name that no member has: `counts.total`, `{ total: 1 }`, `const { total } = counts`.
 */
export const indexKey: Construct = {
  name: "index-key",
  *flows(node, checker) {
    if (ts.isElementAccessExpression(node)) {
      yield* keyFlows(node.argumentExpression, checker.getTypeAtLocation(node.expression), checker);
    } else if (ts.isPropertyAccessExpression(node)) {
      yield* nameFlows(node.name, checker.getTypeAtLocation(node.expression), checker);
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      if (node.dotDotDotToken === undefined)
        yield* nameFlows(node.propertyName ?? node.name, checker.getTypeAtLocation(node.parent), checker);
    } else if (ts.isObjectLiteralElement(node) && ts.isObjectLiteralExpression(node.parent)) {
      const wanted = checker.getContextualType(node.parent);
      if (wanted === undefined || node.name === undefined) return;
      if (ts.isComputedPropertyName(node.name)) yield* keyFlows(node.name.expression, wanted, checker);
      else yield* nameFlows(node.name, wanted, checker);
    }
  },
};

function* keyFlows(value: ts.Expression, held: ts.Type, checker: ts.TypeChecker): Iterable<ValueFlow> {
  const signatures = checker.getIndexInfosOfType(checker.getNonNullableType(held));
  for (const { keyType } of signatures) yield { value, target: keyType, isKey: true };
  if (signatures.length === 0) yield { value, target: held, isKey: true, isName: true };
}

function* nameFlows(name: ts.Node, held: ts.Type, checker: ts.TypeChecker): Iterable<NameFlow> {
  if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name) && !ts.isNumericLiteral(name)) return;
  for (const each of alternatives(checker.getNonNullableType(held))) {
    const signatures = checker.getIndexInfosOfType(each);
    if (signatures.length === 0 || checker.getPropertyOfType(each, name.text) !== undefined) continue;
    const keys = keysNamed(name.text, checker);
    for (const { keyType } of signatures) {
      if (keys.some((key) => checker.isTypeAssignableTo(key, keyType))) yield { name, target: keyType };
    }
  }
}

// `{ 404: "not found" }` is in a record of numbers as in one of strings.
function keysNamed(text: string, checker: ts.TypeChecker): readonly ts.Type[] {
  const key = checker.getStringLiteralType(text);
  return String(Number(text)) === text ? [key, checker.getNumberLiteralType(Number(text))] : [key];
}
