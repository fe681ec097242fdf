import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦thrown value⟧ ⊆ unknown: whatever catches it, the compiler does not know what it is. */
export const thrown: Construct = {
  name: "throw",
  *flows(node, checker) {
    if (ts.isThrowStatement(node)) yield { value: node.expression, target: checker.getUnknownType() };
  },
};
