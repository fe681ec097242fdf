import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../construct.ts";

/** ⟦argument i⟧ ⊆ ⟦parameter i⟧ of the signature that the call resolves to; a spread by its elements. */
export const callArgument: Construct = {
  name: "call-argument",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const signature = checker.getResolvedSignature(node)?.getDeclaration();
    for (const argument of node.arguments ?? []) yield* argumentFlows(node, argument, signature, checker);
  },
};

function* argumentFlows(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  const target = checker.getContextualType(argument);
  if (target === undefined) return;
  const value = ts.isSpreadElement(argument) ? argument.expression : argument;
  yield { value, target, signature, callee: calleeName(call.expression) };

  const declared = constrainedParameter(call, argument, signature, checker);
  if (declared !== undefined) yield { value, target: declared, signature };
}

// ⟦argument⟧ ⊆ ⟦constraint⟧ where the parameter's type is a type parameter: its instance says nothing of the constraint.
function constrainedParameter(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const parameter = signature?.parameters[call.arguments?.indexOf(argument) ?? -1];
  if (parameter === undefined) return undefined;
  const type = checker.getTypeAtLocation(parameter);
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? type.getConstraint() : undefined;
}

/** The name in a callee that a conversion would rename. */
export function calleeName(callee: ts.Expression): ts.Node | undefined {
  if (ts.isIdentifier(callee)) return callee;
  if (ts.isPropertyAccessExpression(callee)) return callee.name;
  return ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee)
    ? calleeName(callee.expression)
    : undefined;
}
