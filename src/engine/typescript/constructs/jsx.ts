import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦value of an attribute or child⟧ ⊆ ⟦property of the component⟧. */
export const jsx: Construct = {
  name: "jsx",
  *flows(node, checker) {
    if (!ts.isJsxExpression(node) || node.expression === undefined) return;
    const target = checker.getContextualType(node.expression);
    if (target !== undefined) yield { value: node.expression, target };
  },
};
