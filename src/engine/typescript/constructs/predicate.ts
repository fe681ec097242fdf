import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦parameter, or `this`⟧ ⊆ ⟦type that the predicate or assertion gives it⟧, which the compiler wants to be a part of it. */
export const predicate: Construct = {
  name: "predicate",
  *flows(node, checker) {
    if (!ts.isTypePredicateNode(node) || node.type === undefined) return;
    const { parameterName, parent } = node;
    if (!ts.isFunctionLike(parent)) return;
    const subject = ts.isIdentifier(parameterName)
      ? parent.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === parameterName.text)
      : ownerOf(node);
    if (subject === undefined) return;
    const source = checker.getTypeAtLocation(subject);
    yield { source, target: checker.getTypeFromTypeNode(node.type), site: node, isPredicate: true };
  },
};

// `this is …` speaks of what it is a method of.
function ownerOf(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node, (ancestor) => ts.isClassLike(ancestor) || ts.isInterfaceDeclaration(ancestor));
}
