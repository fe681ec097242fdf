import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../construct.ts";
import { resolveAlias } from "../resolve-alias.ts";

/** ⟦type argument⟧ ⊆ ⟦constraint of the type parameter⟧, whether the argument is written or inferred at a call. */
export const constraint: Construct = {
  name: "constraint",
  *flows(node, checker) {
    if (ts.isCallLikeExpression(node)) yield* inferredArguments(node, checker);
    else if (isInstantiation(node)) yield* writtenArguments(node, checker);
  },
};

type Instantiation = ts.TypeReferenceNode | ts.ExpressionWithTypeArguments;
type TypeParameters = readonly ts.TypeParameterDeclaration[];

function isInstantiation(node: ts.Node): node is Instantiation {
  return ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node);
}

function* writtenArguments(node: Instantiation, checker: ts.TypeChecker): Iterable<TypeFlow> {
  if (node.typeArguments === undefined) return;
  const parameters = typeParametersOf(ts.isTypeReferenceNode(node) ? node.typeName : node.expression, checker);
  for (const [i, argument] of node.typeArguments.entries()) {
    yield* into(parameters[i], checker.getTypeFromTypeNode(argument), argument, checker);
  }
}

function* inferredArguments(call: ts.CallLikeExpression, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const signature = checker.getResolvedSignature(call);
  const types = signature === undefined ? undefined : checker.getTypeArgumentsForResolvedSignature(signature);
  if (signature === undefined || types === undefined) return;
  const parameters = parametersOfSignature(signature, call, checker);
  for (const [i, type] of types.entries()) yield* into(parameters[i], type, call, checker);
}

function* into(
  parameter: ts.TypeParameterDeclaration | undefined,
  source: ts.Type,
  site: ts.Node,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  if (parameter?.constraint === undefined) return;
  yield { source, target: checker.getTypeFromTypeNode(parameter.constraint), site };
}

// A class has its type parameters from its head, whether its constructor is written or not.
function parametersOfSignature(
  signature: ts.Signature,
  call: ts.CallLikeExpression,
  checker: ts.TypeChecker,
): TypeParameters {
  const declaration: ts.SignatureDeclaration | undefined = signature.getDeclaration();
  if (declaration !== undefined && !ts.isConstructorDeclaration(declaration)) return declaration.typeParameters ?? [];
  if (declaration !== undefined) return declaration.parent.typeParameters ?? [];
  return ts.isNewExpression(call) ? typeParametersOf(call.expression, checker) : [];
}

function typeParametersOf(name: ts.Node, checker: ts.TypeChecker): TypeParameters {
  const symbol = checker.getSymbolAtLocation(name);
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
