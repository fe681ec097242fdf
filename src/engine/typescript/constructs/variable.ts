import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦initializer⟧ ⊆ ⟦annotation⟧ of a variable, a property or a parameter, or the default of a destructured name. */
export const variable: Construct = {
  name: "variable",
  *flows(node, checker) {
    if (ts.isBindingElement(node) && node.initializer !== undefined) {
      const target = checker.getContextualType(node.initializer);
      if (target !== undefined) yield { value: node.initializer, target };
    }
    if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node) && !ts.isParameter(node)) return;
    if (node.initializer === undefined || node.type === undefined) return;
    yield { value: node.initializer, target: checker.getTypeFromTypeNode(node.type) };
  },
};
