import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦yielded value⟧ ⊆ what the generator's return type hands out; `yield*` by the iterator it delegates to. */
export const yielded: Construct = {
  name: "yield",
  *flows(node, checker) {
    if (!ts.isYieldExpression(node) || node.expression === undefined) return;
    const target = checker.getContextualType(node.expression);
    if (target !== undefined) yield { value: node.expression, target };
  },
};
