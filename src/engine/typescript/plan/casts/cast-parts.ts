import { ts } from "ts-morph";
import { alternatives, isReference } from "../../tagging/leaves.ts";
import { sameMember } from "../../types/member.ts";
import { wantedSignatures } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { partsOfArguments } from "./cast-arguments.ts";
import { isEither } from "./cast-branches.ts";
import { beforePromise, type CastPart, elementType, isInlineFunction, returnsOf, together } from "./cast-part.ts";
import { isRefusedAt, refusedFlows } from "./kinds.ts";

/**
 * The least of an expression that has to be asserted for the whole to fit: members of a literal, what a callback gives
 * back. Undefined where a part that has to be something else has no expression of its own.
 */
export function partsOf(planner: Planner, value: ts.Expression, wanted: ts.Type): readonly CastPart[] | undefined {
  const type = planner.checker.getTypeAtLocation(value);
  // A literal is compared as any other value, while its members flow on their own everywhere else.
  const at = ts.isObjectLiteralExpression(value) ? value.parent : value;
  const refused = refusedFlows(planner, type, wanted, at);
  if (refused.length === 0 && !isListMade(planner, value)) return [];
  const nested = refused.some((flow) => flow.nested);
  const whole = [{ value, wanted, nested }];
  const choice = withoutParentheses(value);
  const branches = branchesIn(choice);
  if (branches !== undefined) {
    const parts = together(branches.map((each) => partsOf(planner, each, wanted)));
    return isEachOf(branches, parts ?? []) || isLeftOut(planner, choice, wanted) ? whole : parts;
  }
  if (ts.isParenthesizedExpression(value)) return partsOf(planner, value.expression, wanted);
  if (ts.isObjectLiteralExpression(value)) return nested ? partsOfMembers(planner, value, wanted) : whole;
  if (ts.isArrayLiteralExpression(value)) {
    const parts = partsOfElements(planner, value, wanted);
    return isEachOf(value.elements, parts ?? []) ? whole : parts;
  }
  if (isInlineFunction(value)) return partsOfReturns(planner, value, wanted);
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return whole;
  return partsOfCall(planner, value, wanted) ?? whole;
}

function partsOfCall(
  planner: Planner,
  call: ts.CallExpression | ts.NewExpression,
  wanted: ts.Type,
): readonly CastPart[] | undefined {
  const callee = withoutParentheses(call.expression);
  if (ts.isCallExpression(call) && isInlineFunction(callee)) {
    const type = beforePromise(planner, callee, wanted);
    return together((returnsOf(callee) ?? []).map((each) => partsOf(planner, each, type)));
  }
  const list = listHandedOn(planner, call);
  const parts = list === undefined ? undefined : partsOf(planner, list, wanted);
  if (parts?.some(({ value }) => value !== list)) return parts;
  return partsOfArguments(planner, call, wanted, partsOf);
}

function withoutParentheses(value: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(value) ? withoutParentheses(value.expression) : value;
}

const handingOn = /^(?:filter|reverse|slice|sort|toReversed|toSorted)$/;

// `list.filter(…)` and `list.sort(…)` give what the list holds, and take nothing of it from anywhere else.
function listHandedOn({ checker }: Planner, call: ts.CallExpression | ts.NewExpression): ts.Expression | undefined {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { expression: list, name } = call.expression;
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (!handingOn.test(name.text) || declaration?.typeParameters !== undefined) return undefined;
  const [held, given] = [list, call].map((each) => elementOf(checker.getTypeAtLocation(each), checker));
  return held !== undefined && held === given ? list : undefined;
}

function elementOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  return checker.isArrayType(type) && isReference(type) ? checker.getTypeArguments(type)[0] : undefined;
}

// `[page, { ...page }].sort()`: its type is that of one of its elements, and says nothing of the others.
function isListMade(planner: Planner, value: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  const list = ts.isCallExpression(value) ? listHandedOn(planner, value) : undefined;
  return list !== undefined && isListMade(planner, list);
}

function partsOfMembers(
  planner: Planner,
  literal: ts.ObjectLiteralExpression,
  wanted: ts.Type,
): readonly CastPart[] | undefined {
  const { checker } = planner;
  const type = checker.getTypeAtLocation(literal);
  const fitting = alternatives(checker.getNonNullableType(wanted)).filter((each) =>
    checker.isTypeAssignableTo(type, each),
  );
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return undefined;
  return together(literal.properties.map((member) => partsOfMember(planner, member, only)));
}

function partsOfMember(
  planner: Planner,
  member: ts.ObjectLiteralElementLike,
  wanted: ts.Type,
): readonly CastPart[] | undefined {
  const { checker } = planner;
  if (ts.isSpreadAssignment(member)) {
    const brought = checker.getTypeAtLocation(member.expression);
    return isRefusedAt(planner, brought, wanted, member) ? undefined : [];
  }
  const own = checker.getSymbolAtLocation(member.name);
  const named = own === undefined ? undefined : sameMember(wanted, own, checker);
  const type =
    named === undefined
      ? checker.getIndexInfosOfType(wanted)[0]?.type
      : checker.getTypeOfSymbolAtLocation(named, member);
  if (own === undefined || type === undefined) return [];
  if (ts.isPropertyAssignment(member)) return partsOf(planner, member.initializer, type);
  if (ts.isShorthandPropertyAssignment(member)) return partsOf(planner, member.name, type);
  const given = checker.getTypeOfSymbolAtLocation(own, member);
  return isRefusedAt(planner, given, type, member) ? undefined : [];
}

// Of a choice its branches, and of `row && …` what follows.
function branchesIn(value: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  if (isEither(value)) return [value.left, value.right];
  return isGuarded(value) ? [value.right] : undefined;
}

function isGuarded(value: ts.Expression): value is ts.BinaryExpression {
  return ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

// An empty string before `&&` is a value, too.
function isLeftOut(planner: Planner, value: ts.Expression, wanted: ts.Type): boolean {
  if (!isGuarded(value)) return false;
  return isRefusedAt(planner, planner.checker.getTypeAtLocation(value.left), wanted, value.left);
}

// `["a", "b"] as UserId[]`: one assertion rather than one for each.
function isEachOf(all: readonly ts.Expression[], parts: readonly CastPart[]): boolean {
  const bare = all.map(withoutParentheses);
  return parts.length > 1 && parts.every(({ value }) => bare.includes(value));
}

function partsOfElements(
  planner: Planner,
  list: ts.ArrayLiteralExpression,
  wanted: ts.Type,
): readonly CastPart[] | undefined {
  const { checker } = planner;
  return together(
    list.elements.map((element, i) => {
      const type = elementType(planner, wanted, i);
      if (type === undefined) return undefined;
      if (!ts.isSpreadElement(element)) return partsOf(planner, element, type);
      const brought = checker.getIndexTypeOfType(checker.getTypeAtLocation(element.expression), ts.IndexKind.Number);
      return brought === undefined || isRefusedAt(planner, brought, type, element) ? undefined : [];
    }),
  );
}

function partsOfReturns(
  planner: Planner,
  declaration: ts.ArrowFunction | ts.FunctionExpression,
  wanted: ts.Type,
): readonly CastPart[] | undefined {
  const { checker } = planner;
  const [signature, ...more] = wantedSignatures(checker.getNonNullableType(wanted));
  const returned = returnsOf(declaration);
  if (signature === undefined || more.length > 0 || returned === undefined) return undefined;
  if (takesOther(planner, declaration, signature)) return undefined;
  const type = beforePromise(planner, declaration, signature.getReturnType());
  return together(returned.map((each) => partsOf(planner, each, type)));
}

// A parameter that says its type is not what it is given there.
function takesOther(
  planner: Planner,
  { parameters }: ts.ArrowFunction | ts.FunctionExpression,
  wanted: ts.Signature,
): boolean {
  return parameters.some((parameter, i) => {
    const given = wanted.parameters[i];
    if (parameter.type === undefined || given === undefined) return false;
    const { checker } = planner;
    const type = checker.getTypeOfSymbolAtLocation(given, parameter);
    return isRefusedAt(planner, type, checker.getTypeAtLocation(parameter), parameter);
  });
}
