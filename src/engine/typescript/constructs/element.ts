import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦element⟧ ⊆ ⟦element type that the array literal is wanted with⟧. */
export const element: Construct = {
  name: "element",
  *flows(node, checker) {
    if (!ts.isArrayLiteralExpression(node)) return;
    for (const value of node.elements) {
      if (ts.isSpreadElement(value)) {
        const target = checker.getContextualType(node);
        if (target !== undefined) yield { value: value.expression, target };
        continue;
      }
      const target = checker.getContextualType(value);
      if (target !== undefined) yield { value, target };
    }
  },
};
