import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { annotationOf } from "../syntax/annotation.ts";

/**
 * ⟦initializer⟧ ⊆ ⟦annotation⟧ of a variable, a property or a parameter. ⟦default⟧ ⊆ ⟦what the pattern's annotation says⟧,
 * or ⟦name⟧ where the pattern has no annotation: what is taken apart keeps its type then.
 */
export const variable: Construct = {
  name: "variable",
  *flows(node, checker) {
    if (ts.isBindingElement(node)) yield* defaultFlows(node, checker);
    if (!isInitialized(node) || node.initializer === undefined) return;
    const annotation = annotationOf(node);
    if (annotation !== undefined) yield { value: node.initializer, target: checker.getTypeFromTypeNode(annotation) };
  },
};

function* defaultFlows(element: ts.BindingElement, checker: ts.TypeChecker): Iterable<ValueFlow> {
  const { name, initializer: value } = element;
  if (value === undefined) return;
  const root = annotationOf(ts.walkUpBindingElementsAndPatterns(element));
  const target = root === undefined ? undefined : checker.getContextualType(value);
  if (target !== undefined) yield { value, target };
  else if (ts.isIdentifier(name)) yield { value, target: checker.getTypeAtLocation(name), assignee: name };
}

function isInitialized(
  node: ts.Node,
): node is ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration | ts.PropertyAssignment {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyAssignment(node)
  );
}
