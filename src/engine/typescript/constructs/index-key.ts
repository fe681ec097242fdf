import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";

/** ⟦index⟧ ⊆ ⟦key of the index signature⟧, of a record as of an interface; only what passes as a string or number is a key. */
export const indexKey: Construct = {
  name: "index-key",
  *flows(node, checker) {
    if (ts.isElementAccessExpression(node)) {
      yield* keyFlows(node.argumentExpression, checker.getTypeAtLocation(node.expression), checker);
    }
    if (!ts.isComputedPropertyName(node) || !ts.isObjectLiteralExpression(node.parent.parent)) return;
    const wanted = checker.getContextualType(node.parent.parent);
    if (wanted !== undefined) yield* keyFlows(node.expression, wanted, checker);
  },
};

function* keyFlows(value: ts.Expression, held: ts.Type, checker: ts.TypeChecker): Iterable<ValueFlow> {
  const signatures = checker.getIndexInfosOfType(checker.getNonNullableType(held));
  for (const { keyType } of signatures) yield { value, target: keyType, isKey: true };
  if (signatures.length === 0) yield { value, target: held, isKey: true, isName: true };
}
