import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { holderAround } from "../flow/holder.ts";
import { spreadParts } from "../flow/spread.ts";
import { indirectCall } from "../syntax/indirect-call.ts";
import { isTakenApart } from "../syntax/pattern.ts";

/** ⟦element⟧ ⊆ ⟦element type that the array literal is wanted with⟧; a spread copies its elements. */
export const element: Construct = {
  name: "element",
  *flows(node, checker) {
    if (!ts.isArrayLiteralExpression(node) || isTakenApart(node)) return;
    if (indirectCall(node.parent, checker)?.how === "apply") return;
    const held = holderAround(node, checker);
    for (const value of node.elements) {
      const target = checker.getContextualType(value);
      if (target === undefined) continue;
      if (!ts.isSpreadElement(value)) yield { value, target, ...held };
      else for (const part of spreadParts(value.expression, checker)) yield { ...part, target, ...held };
    }
  },
};
