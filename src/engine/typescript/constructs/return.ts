import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦returned value⟧ ⊆ ⟦return type⟧, written or wanted by the context; of an async function, what its promise holds. */
export const returned: Construct = {
  name: "return",
  *flows(node, checker) {
    const value = returnedValue(node);
    const target = value === undefined ? undefined : checker.getContextualType(value);
    if (value !== undefined && target !== undefined) yield { value, target };
  },
};

function returnedValue(node: ts.Node): ts.Expression | undefined {
  if (ts.isReturnStatement(node)) return node.expression;
  return ts.isArrowFunction(node) && !ts.isBlock(node.body) ? node.body : undefined;
}
