import { ts } from "ts-morph";
import { inheritedMembers } from "../../types/inherited.ts";
import { parameterType } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { elementType } from "./cast-part.ts";

/** What a value is wanted as, and else what it is; of what is spread into a list, the list. */
export function contextOf(planner: Planner, value: ts.Expression): ts.Type {
  const { checker } = planner;
  const { parent } = value;
  const list = ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent) ? parent.parent : undefined;
  const wanted = list === undefined ? undefined : checker.getContextualType(list);
  if (wanted !== undefined && checker.isArrayType(wanted)) return wanted;
  const context = checker.getContextualType(value) ?? contextInList(planner, value) ?? contextInClass(planner, value);
  return context ?? checker.getTypeAtLocation(value);
}

// `now = Date.now` of a class that implements a clock: nothing is said of it there, and it has to fit.
function contextInClass({ checker }: Planner, value: ts.Expression): ts.Type | undefined {
  const member = value.parent;
  if (!ts.isPropertyDeclaration(member) || member.initializer !== value) return undefined;
  const [inherited] = inheritedMembers(member, checker);
  return inherited === undefined ? undefined : checker.getTypeOfSymbolAtLocation(inherited, member);
}

function contextInList(planner: Planner, value: ts.Expression): ts.Type | undefined {
  const list = value.parent;
  return ts.isArrayLiteralExpression(list) ? wantedIn(planner, list, list.elements.indexOf(value)) : undefined;
}

// `[...[row]]` and `add(...[row])`: the list that is spread is wanted as nothing, and its elements where they go.
function wantedIn(planner: Planner, list: ts.ArrayLiteralExpression, i: number): ts.Type | undefined {
  const wanted = planner.checker.getContextualType(list);
  if (wanted !== undefined) return elementType(planner, wanted, i);
  const spread = ts.findAncestor(list.parent, (node) => !ts.isParenthesizedExpression(node));
  if (spread === undefined || !ts.isSpreadElement(spread)) return undefined;
  const { parent } = spread;
  return ts.isArrayLiteralExpression(parent) ? wantedIn(planner, parent, i) : argumentType(planner, spread, i);
}

function argumentType({ checker }: Planner, spread: ts.SpreadElement, i: number): ts.Type | undefined {
  const call = spread.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
  const signature = checker.getResolvedSignature(call);
  const first = call.arguments?.indexOf(spread) ?? 0;
  return signature === undefined ? undefined : parameterType(signature, first + i, call, checker);
}
