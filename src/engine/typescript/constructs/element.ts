import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { placeAround } from "../flow/holder.ts";
import { spreadParts } from "../flow/spread.ts";
import { indirectCall } from "../syntax/indirect-call.ts";
import { isTakenApart } from "../syntax/pattern.ts";

/** ⟦element⟧ ⊆ ⟦element type that the array literal is wanted with⟧; a spread copies its elements. */
export const element: Construct = {
  name: "element",
  *flows(node, checker) {
    if (!ts.isArrayLiteralExpression(node) || isTakenApart(node) || isAssignedApart(node)) return;
    if (indirectCall(node.parent, checker)?.how === "apply") return;
    for (const value of node.elements) {
      const target = checker.getContextualType(value);
      if (target === undefined) continue;
      const held = placeAround(value, checker);
      if (!ts.isSpreadElement(value)) yield { value, target, ...held };
      else for (const part of spreadParts(value.expression, checker).flat()) yield { ...part, target, ...held };
    }
  },
};

// `[left, right] = [right, left]` assigns element by element.
function isAssignedApart(list: ts.Expression): boolean {
  const { parent } = list;
  if (ts.isArrayLiteralExpression(parent)) return isAssignedApart(parent);
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  return parent.right === list && [parent.left, list].every(isListWithoutSpread);
}

function isListWithoutSpread(list: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(list) && !list.elements.some(ts.isSpreadElement);
}
