import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../construct.ts";

/**
 * ⟦initializer⟧ ⊆ ⟦annotation⟧ of a variable, a property or a parameter. ⟦default⟧ ⊆ ⟦what the pattern's annotation says⟧,
 * or ⟦name⟧ where the pattern has no annotation: what is taken apart keeps its type then.
 */
export const variable: Construct = {
  name: "variable",
  *flows(node, checker) {
    if (ts.isBindingElement(node)) yield* defaultFlows(node, checker);
    if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node) && !ts.isParameter(node)) return;
    if (node.initializer === undefined || node.type === undefined) return;
    yield { value: node.initializer, target: checker.getTypeFromTypeNode(node.type) };
  },
};

function* defaultFlows(element: ts.BindingElement, checker: ts.TypeChecker): Iterable<ValueFlow> {
  const { name, initializer: value } = element;
  if (value === undefined) return;
  const root = ts.walkUpBindingElementsAndPatterns(element);
  const target = root.type === undefined ? undefined : checker.getContextualType(value);
  if (target !== undefined) yield { value, target };
  else if (ts.isIdentifier(name)) yield { value, target: checker.getTypeAtLocation(name), assignee: name };
}
