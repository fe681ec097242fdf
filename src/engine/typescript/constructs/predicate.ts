import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦parameter⟧ ⊆ ⟦type that the predicate or assertion gives it⟧, which the compiler wants to be a part of it. */
export const predicate: Construct = {
  name: "predicate",
  *flows(node, checker) {
    if (!ts.isTypePredicateNode(node) || node.type === undefined) return;
    const { parameterName, parent } = node;
    if (!ts.isIdentifier(parameterName) || !ts.isFunctionLike(parent)) return;
    const parameter = parent.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === parameterName.text);
    if (parameter === undefined) return;
    yield { source: checker.getTypeAtLocation(parameter), target: checker.getTypeFromTypeNode(node.type), site: node };
  },
};
