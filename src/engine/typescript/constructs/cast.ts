import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦value⟧ ⊆ ⟦asserted type⟧, for `as` and `<T>`; from `any` or `unknown` it is a recovery. */
export const cast: Construct = {
  name: "cast",
  *flows(node, checker) {
    if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return;
    if (ts.isConstTypeReference(node.type)) return;
    yield { value: node.expression, target: checker.getTypeFromTypeNode(node.type) };
  },
};
