import { ts } from "ts-morph";
import { isReference } from "../../tagging/leaves.ts";
import { parameterType, wantedSignatures } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import type { CastPart } from "./cast-part.ts";
import type { Assertion } from "./cast-text.ts";
import { nameAfter } from "./cast-types.ts";
import { passesUnrefused } from "./comparable.ts";
import { type PassedFunction, passedFunction } from "./function-text.ts";
import { listed } from "./listed.ts";

/** A list whose elements a function is called with, and what that function takes. */
export interface CalledList {
  readonly list: ts.Expression;
  readonly element: ts.Type;
  readonly taken: ts.Type;
  readonly isReadonly: boolean;
}

/**
 * Of `ids.map(load)`, the list: what is asserted of it holds for the function that is called with its elements. Undefined
 * where more than the first parameter is refused, or where the result of the call says what the list holds.
 */
export function calledList(planner: Planner, { value, wanted }: CastPart): CalledList | undefined {
  const { checker } = planner;
  const call = value.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== value) return undefined;
  if (!ts.isPropertyAccessExpression(call.expression) || handsOut(call, checker)) return undefined;
  const passed = passedFunction(planner, value, wanted);
  const list = call.expression.expression;
  const type = checker.getTypeAtLocation(list);
  if (passed === undefined || !checker.isArrayType(type) || !isReference(type)) return undefined;
  const [element] = checker.getTypeArguments(type);
  const [signature] = wantedSignatures(checker.getNonNullableType(wanted));
  const given = signature === undefined ? undefined : parameterType(signature, 0, value, checker);
  const taken = takenAlone(passed);
  if (element === undefined || taken === undefined || given !== element) return undefined;
  return { list, element, taken, isReadonly: type.symbol.name === "ReadonlyArray" };
}

/** The list as one of what the function takes. */
export function listAsserted(planner: Planner, { list, element, taken, isReadonly }: CalledList): Assertion {
  const { positions } = planner.collected;
  const text = printedType(planner, taken, list, (tag) => nameAfter(planner, list, positions.written(tag)));
  const through = passesUnrefused(planner, taken, element, list) ? [] : ["unknown"];
  return { type: `${isReadonly ? "readonly " : ""}${listed(text)}`, through };
}

// What its first parameter takes, where nothing else is refused.
function takenAlone({ parameters, returned }: PassedFunction): ts.Type | undefined {
  const [first, ...rest] = parameters;
  const isRefused = ({ own, type }: { readonly own: ts.Type; readonly type: ts.Type }) => own !== type;
  if (first === undefined || !isRefused(first) || rest.some(isRefused) || isRefused(returned)) return undefined;
  return first.own;
}

// `find` and `filter` give elements back, which have to be what they were.
function handsOut(call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (declaration === undefined || ts.isJSDocSignature(declaration) || declaration.type === undefined) return true;
  const interfaces = declaration.parent;
  const names = ts.isInterfaceDeclaration(interfaces) ? (interfaces.typeParameters ?? []) : [];
  const named = new Set(names.map(({ name }) => name.text));
  const visit = (node: ts.Node): boolean =>
    (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && named.has(node.typeName.text)) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(declaration.type);
}
