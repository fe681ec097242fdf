import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { isEvolving } from "../flow/evolving.ts";
import { holderOf, parameterOf } from "../flow/holder.ts";
import { spreadParts } from "../flow/spread.ts";
import { indirectCall } from "../syntax/indirect-call.ts";
import { parameterType } from "../types/signature.ts";

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
  const parameter = parameterOf(call, argument, signature);
  const holder = holderOf(call, parameter, checker);
  const isLookup = holder !== undefined && looksUp(call, signature) ? true : undefined;
  yield { value: argument, target, signature, callee: call.expression, holder, parameter, isLookup };

  const declared = parameter === undefined ? undefined : constraintOf(parameter, checker);
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
function constraintOf(parameter: ts.ParameterDeclaration, checker: ts.TypeChecker): ts.Type | undefined {
  const type = checker.getTypeAtLocation(parameter);
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? type.getConstraint() : undefined;
}

const lookups: ReadonlyMap<string, RegExp> = new Map([
  ["Array", /^(includes|indexOf|lastIndexOf)$/],
  ["ReadonlyArray", /^(includes|indexOf|lastIndexOf)$/],
  ["Map", /^(get|has|delete)$/],
  ["ReadonlyMap", /^(get|has)$/],
  ["WeakMap", /^(get|has|delete)$/],
  ["Set", /^(has|delete)$/],
  ["ReadonlySet", /^has$/],
  ["WeakSet", /^(has|delete)$/],
]);

function looksUp(
  { expression }: ts.CallExpression | ts.NewExpression,
  signature: ts.SignatureDeclaration | undefined,
): boolean {
  const declaredIn = signature?.parent;
  if (declaredIn === undefined || !ts.isInterfaceDeclaration(declaredIn)) return false;
  if (!declaredIn.getSourceFile().isDeclarationFile || !ts.isPropertyAccessExpression(expression)) return false;
  return lookups.get(declaredIn.name.text)?.test(expression.name.text) ?? false;
}
