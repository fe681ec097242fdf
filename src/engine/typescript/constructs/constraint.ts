import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";
import { resolveAlias } from "../resolve-alias.ts";

/** ⟦type argument⟧ ⊆ ⟦constraint of the type parameter⟧. */
export const constraint: Construct = {
  name: "constraint",
  *flows(node, checker) {
    if (!ts.isTypeReferenceNode(node) || node.typeArguments === undefined) return;
    const parameters = typeParametersOf(node, checker);
    for (const [i, argument] of node.typeArguments.entries()) {
      const bound = parameters[i]?.constraint;
      if (bound === undefined) continue;
      yield {
        source: checker.getTypeFromTypeNode(argument),
        target: checker.getTypeFromTypeNode(bound),
        site: argument,
      };
    }
  },
};

function typeParametersOf(node: ts.TypeReferenceNode, checker: ts.TypeChecker): readonly ts.TypeParameterDeclaration[] {
  const symbol = checker.getSymbolAtLocation(node.typeName);
  const target = symbol === undefined ? undefined : resolveAlias(symbol, checker);
  for (const declaration of target?.declarations ?? []) {
    if (
      ts.isTypeAliasDeclaration(declaration) ||
      ts.isClassLike(declaration) ||
      ts.isInterfaceDeclaration(declaration)
    ) {
      return declaration.typeParameters ?? [];
    }
  }
  return [];
}
