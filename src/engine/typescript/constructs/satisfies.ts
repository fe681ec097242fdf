import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦value⟧ ⊆ ⟦type that it satisfies⟧, which the compiler checks without asserting anything. */
export const satisfies: Construct = {
  name: "satisfies",
  *flows(node, checker) {
    if (!ts.isSatisfiesExpression(node) || ts.isConstTypeReference(node.type)) return;
    yield { value: node.expression, target: checker.getTypeFromTypeNode(node.type) };
  },
};
