import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦receiver⟧ ⊆ ⟦`this` parameter⟧ of the signature that the call resolves to. */
export const thisArgument: Construct = {
  name: "this-argument",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const signature = checker.getResolvedSignature(node);
    const parameter = signature === undefined ? undefined : thisParameterOf(signature);
    if (signature === undefined || parameter === undefined) return;
    const target = checker.getTypeOfSymbolAtLocation(parameter, node);
    yield { value: node.expression.expression, target, signature: signature.getDeclaration() };
  },
};

// Instantiated for the call, unlike the declaration's.
function thisParameterOf(signature: ts.Signature): ts.Symbol | undefined {
  return (signature as ts.Signature & { readonly thisParameter?: ts.Symbol }).thisParameter;
}
