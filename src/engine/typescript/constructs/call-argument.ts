import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../construct.ts";
import { isEvolving } from "../evolving.ts";
import { indirectCall } from "../indirect-call.ts";
import { parameterType } from "../signature.ts";
import { spreadParts } from "../spread.ts";

/** ⟦argument i⟧ ⊆ ⟦parameter i⟧ of the signature that the call resolves to; a spread by its elements. */
export const callArgument: Construct = {
  name: "call-argument",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    if (evolves(node.expression, checker) || indirectCall(node, checker) !== undefined) return;
    const resolved = checker.getResolvedSignature(node);
    const signature = resolved?.getDeclaration();
    for (const [i, argument] of (node.arguments ?? []).entries()) {
      if (!ts.isSpreadElement(argument)) yield* argumentFlows(node, argument, signature, checker);
      else if (resolved !== undefined) yield* spreadFlows(node, argument.expression, resolved, i, checker);
    }
  },
};

// `pages.push` and `pages.unshift` are what an evolving array gets its type from.
function evolves(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !/^(push|unshift)$/.test(callee.name.text)) return false;
  return isEvolving(callee.expression, checker);
}

function* argumentFlows(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  const target = checker.getContextualType(argument);
  if (target === undefined) return;
  yield { value: argument, target, signature, callee: call.expression };

  const declared = constrainedParameter(call, argument, signature, checker);
  if (declared !== undefined) yield { value: argument, target: declared, signature, callee: call.expression };
}

// ⟦element j of the spread⟧ ⊆ ⟦parameter i + j⟧.
function* spreadFlows(
  call: ts.CallExpression | ts.NewExpression,
  spread: ts.Expression,
  resolved: ts.Signature,
  first: number,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  const signature = resolved.getDeclaration();
  for (const [j, part] of spreadParts(spread, checker).entries()) {
    const target = parameterType(resolved, first + j, call, checker);
    if (target !== undefined) yield { ...part, target, signature, callee: call.expression };
  }
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
