import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../flow/construct.ts";

/** ⟦parameter of an overload⟧ ⊆ ⟦parameter of the implementation⟧, and the returned type the other way round. */
export const overload: Construct = {
  name: "overload",
  *flows(node, checker) {
    if (!ts.isFunctionDeclaration(node) && !ts.isMethodDeclaration(node) && !ts.isConstructorDeclaration(node)) return;
    if (node.body === undefined) return;
    for (const declaration of overloadsOf(node, checker)) yield* overloadFlows(declaration, node, checker);
  },
};

function overloadsOf(node: ts.FunctionLikeDeclaration, checker: ts.TypeChecker): readonly ts.SignatureDeclaration[] {
  if (ts.isConstructorDeclaration(node)) {
    return node.parent.members.filter(ts.isConstructorDeclaration).filter(({ body }) => body === undefined);
  }
  const symbol = node.name === undefined ? undefined : checker.getSymbolAtLocation(node.name);
  const all = symbol?.declarations?.filter(ts.isFunctionLike) ?? [];
  return all.filter(
    (declaration) => declaration !== node && !("body" in declaration && declaration.body !== undefined),
  );
}

function* overloadFlows(
  declaration: ts.SignatureDeclaration,
  implementation: ts.FunctionLikeDeclaration,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  for (const [i, parameter] of declaration.parameters.entries()) {
    const target = implementation.parameters[i];
    if (target === undefined) break;
    yield { source: checker.getTypeAtLocation(parameter), target: checker.getTypeAtLocation(target), site: parameter };
  }
  const [source, target] = [implementation, declaration].map((each) => returnType(each, checker));
  if (source !== undefined && target !== undefined) yield { source, target, site: implementation };
}

// Written or inferred.
function returnType(declaration: ts.SignatureDeclaration, checker: ts.TypeChecker): ts.Type | undefined {
  const signature = checker.getSignatureFromDeclaration(declaration);
  return signature === undefined ? undefined : checker.getReturnTypeOfSignature(signature);
}
