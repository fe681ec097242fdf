import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { castIn } from "../syntax/annotation.ts";

/** ⟦value⟧ ⊆ ⟦asserted type⟧, for `as`, `<T>` and the cast in a comment; from `any` or `unknown` it is a recovery. */
export const cast: Construct = {
  name: "cast",
  *flows(node, checker) {
    const wanted = castIn(node);
    if (wanted !== undefined && ts.isParenthesizedExpression(node)) {
      yield { value: node.expression, target: checker.getTypeFromTypeNode(wanted), isAssertion: true };
    }
    if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return;
    if (ts.isConstTypeReference(node.type)) return;
    yield { value: node.expression, target: checker.getTypeFromTypeNode(node.type), isAssertion: true };
  },
};
