import { ts } from "ts-morph";
import { alternatives } from "../tagging/leaves.ts";
import { setterBehind } from "../types/member.ts";
import { membersNamed } from "../types/wanted.ts";
import type { ValueFlow } from "./construct.ts";
import { namesSlot } from "./slot.ts";

/** What a value is put into, as the type of another expression says: in `pages.push(page)` as that of the receiver. */
export interface Holder {
  readonly holder: ts.Expression;
  /** What the holder's declaration says of the value; undefined when that is the holder's own type. */
  readonly declared: ts.TypeNode | undefined;
}

type Place = Pick<ValueFlow, "holder" | "declaration" | "path" | "signature">;

/** In `pages.push(page)` the receiver: its type arguments say what the parameter takes. */
export function holderOf(
  { expression }: ts.CallExpression | ts.NewExpression,
  parameter: ts.ParameterDeclaration | undefined,
  checker: ts.TypeChecker,
): Holder | undefined {
  const declared = parameter?.type;
  if (declared === undefined || !ts.isPropertyAccessExpression(expression)) return undefined;
  return namesSlot(declared, checker) ? { holder: expression.expression, declared } : undefined;
}

/** Where an argument is put. */
export function argumentPlace(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
  checker: ts.TypeChecker,
): Place {
  const parameter = parameterOf(call, argument, signature);
  const path = parameter?.dotDotDotToken === undefined ? "" : ".[]";
  return { holder: holderOf(call, parameter, checker), declaration: parameter, path };
}

/** Where what stands in a list is put with it: `pages.concat([page])`, `pages = [page]`, `file = { pages: [page] }`. */
export function placeAround(element: ts.Expression, checker: ts.TypeChecker): Place {
  const { outer, path } = wayIn(element, checker);
  const place = placeOf(outer, checker);
  return place === undefined ? {} : { ...place, path: `${place.path ?? ""}${path}` };
}

function placeOf(list: ts.Expression, checker: ts.TypeChecker): Place | undefined {
  const { parent } = list;
  if (ts.isCallExpression(parent) && parent.expression !== list) {
    const signature = checker.getResolvedSignature(parent)?.getDeclaration();
    const place = argumentPlace(parent, list, signature, checker);
    return place.holder === undefined ? place : { ...place, signature };
  }
  if (ts.isPropertyAssignment(parent)) return { declaration: memberAround(parent, checker) };
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (!isAssigned || parent.right !== list) return undefined;
  const setter = setterBehind(parent.left, checker);
  return setter === undefined
    ? { holder: { holder: parent.left, declared: undefined } }
    : { declaration: setter.parameters[0] };
}

// The member that a member of a literal is wanted as, where that is declared once.
function memberAround(member: ts.PropertyAssignment, checker: ts.TypeChecker): ts.Declaration | undefined {
  const wanted = checker.getContextualType(member.parent);
  if (wanted === undefined || ts.isComputedPropertyName(member.name)) return undefined;
  const [declaration, ...others] = new Set(
    membersNamed(wanted, member.name.text, checker).map((each) => each.valueDeclaration),
  );
  return others.length === 0 && declaration !== member ? declaration : undefined;
}

// From the outermost of the lists around a value to the value.
function wayIn(
  value: ts.Expression,
  checker: ts.TypeChecker,
): { readonly outer: ts.Expression; readonly path: string } {
  const { parent } = value;
  if (ts.isParenthesizedExpression(parent)) return wayIn(parent, checker);
  if (!ts.isArrayLiteralExpression(parent)) return { outer: value, path: "" };
  const { outer, path } = wayIn(parent, checker);
  return { outer, path: path + stepTo(value, parent, checker) };
}

// A list may be wanted as a tuple, `[["key", page]]`, and as what can be concatenated, `ConcatArray<T>`.
function stepTo(value: ts.Expression, list: ts.ArrayLiteralExpression, checker: ts.TypeChecker): string {
  const wanted = checker.getContextualType(list);
  const all = wanted === undefined ? [] : alternatives(wanted);
  if (all.some((type) => checker.isTupleType(type))) return `.[${list.elements.indexOf(value)}]`;
  return all.length === 0 || all.some((type) => checker.isArrayType(type)) ? ".[]" : ".<0>";
}

/** The parameter that an argument is passed for, where the signature declares it itself. */
export function parameterOf(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
): ts.ParameterDeclaration | undefined {
  const last = signature?.parameters.at(-1);
  const parameter = signature?.parameters[call.arguments?.indexOf(argument) ?? -1];
  const found = parameter ?? (last !== undefined && "dotDotDotToken" in last ? last : undefined);
  return found !== undefined && ts.isParameter(found) && found.parent === signature ? found : undefined;
}
