import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { isEvolving } from "../flow/evolving.ts";
import { argumentPlace, parameterOf } from "../flow/holder.ts";
import { spreadParts } from "../flow/spread.ts";
import { indirectCall } from "../syntax/indirect-call.ts";
import { sameMember } from "../types/member.ts";
import { parameterType } from "../types/signature.ts";

/** ⟦argument i⟧ ⊆ ⟦parameter i⟧ of the signature that the call resolves to; a spread by its elements. */
export const callArgument: Construct = {
  name: "call-argument",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    if (evolves(node.expression, checker) || indirectCall(node, checker) !== undefined) return;
    const resolved = checker.getResolvedSignature(node);
    for (const [i, argument] of (node.arguments ?? []).entries()) {
      if (!ts.isSpreadElement(argument)) yield* argumentFlows(node, argument, resolved, checker);
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
  resolved: ts.Signature | undefined,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  const signature = resolved?.getDeclaration();
  const target = checker.getContextualType(argument);
  if (target === undefined) return;
  const place = argumentPlace(call, argument, signature, checker);
  const isLookup = place.holder !== undefined && looksUp(call, signature) ? true : undefined;
  yield { value: argument, target, signature, callee: call.expression, ...place, isLookup };

  const parameter = parameterOf(call, argument, signature);
  const bound = parameter === undefined ? undefined : boundOf(call, parameter, resolved, checker);
  if (bound === undefined) return;
  const parts = bound.isLookup === true ? comparedParts(argument, bound.target, checker) : [[argument, bound] as const];
  for (const [value, part] of parts) yield { value, ...part, signature, callee: call.expression };
}

type Bound = Pick<ValueFlow, "target" | "isLookup">;

// What stands in a literal is compared with what stands at its place.
function* comparedParts(
  value: ts.Expression,
  target: ts.Type,
  checker: ts.TypeChecker,
): Iterable<readonly [ts.Expression, Bound]> {
  const whole = checker.getNonNullableType(target);
  if (ts.isArrayLiteralExpression(value)) {
    const element = checker.getIndexTypeOfType(whole, ts.IndexKind.Number);
    if (element === undefined) return;
    for (const each of value.elements) if (!ts.isSpreadElement(each)) yield* comparedParts(each, element, checker);
  } else if (ts.isObjectLiteralExpression(value)) {
    for (const member of value.properties.filter(ts.isPropertyAssignment)) {
      const own = checker.getSymbolAtLocation(member.name);
      const compared = own === undefined ? undefined : sameMember(whole, own, checker);
      if (compared === undefined) continue;
      yield* comparedParts(member.initializer, checker.getTypeOfSymbolAtLocation(compared, member), checker);
    }
  } else yield [value, { target, isLookup: true }];
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
  for (const [j, part] of spreadParts(spread, checker).flatMap((parts) => [...parts.entries()])) {
    const target = parameterType(resolved, first + j, call, checker);
    if (target !== undefined) yield { ...part, target, signature, callee: call.expression };
  }
}

// ⟦argument⟧ ⊆ ⟦constraint⟧ where the parameter's type is a type parameter: its instance says nothing of the constraint.
function boundOf(
  call: ts.CallExpression | ts.NewExpression,
  parameter: ts.ParameterDeclaration,
  resolved: ts.Signature | undefined,
  checker: ts.TypeChecker,
): Bound | undefined {
  const type = checker.getTypeAtLocation(parameter);
  if ((type.flags & ts.TypeFlags.TypeParameter) === 0) return undefined;
  const other = instanceOfBound(type, resolved, checker);
  // Where the type arguments are written, one of them says what the other has to be.
  if (other !== undefined && call.typeArguments !== undefined) return undefined;
  if (other !== undefined)
    return isFreeElsewhere(call, parameter, checker) ? undefined : { target: other, isLookup: true };
  const target = type.getConstraint();
  return target === undefined ? undefined : { target };
}

// `<A, E extends A>(actual: A, expected: E)`: what is bound by another type parameter is compared with what stands for that.
function instanceOfBound(
  { symbol }: ts.Type,
  resolved: ts.Signature | undefined,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const [declaration] = symbol.declarations ?? [];
  if (resolved === undefined || declaration === undefined || !ts.isTypeParameterDeclaration(declaration)) return;
  const bound = declaration.constraint && checker.getTypeFromTypeNode(declaration.constraint);
  const all = resolved.getDeclaration()?.typeParameters ?? [];
  const place = all.findIndex((each) => checker.getTypeAtLocation(each) === bound);
  return checker.getTypeArgumentsForResolvedSignature(resolved)?.[place];
}

// What the first overload does not take the last one may, which binds nothing: `<A, E>(actual: A, expected: E)`.
function isFreeElsewhere(
  { expression }: ts.CallExpression | ts.NewExpression,
  { parent: signature }: ts.ParameterDeclaration,
  checker: ts.TypeChecker,
): boolean {
  const overloads = checker.getTypeAtLocation(expression).getCallSignatures();
  return overloads.some((each) => {
    const declaration: ts.SignatureDeclaration | undefined = each.getDeclaration();
    const takes = declaration?.parameters.length === signature.parameters.length;
    return takes && declaration.typeParameters?.every(({ constraint }) => constraint === undefined) === true;
  });
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
