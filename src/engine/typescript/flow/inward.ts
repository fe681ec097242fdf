import { ts } from "ts-morph";
import { slotBehind } from "./slot.ts";

/** From a value to its base; the path is undefined where it is not known. */
export interface Way {
  readonly path: string | undefined;
}

/** The way from what an expression is taken out of, `pages` of `pages[0]`; undefined where it is taken out of nothing. */
export function wayInto(value: ts.Expression, { path }: Way, checker: ts.TypeChecker): Way | undefined {
  if (ts.isParenthesizedExpression(value) || ts.isNonNullExpression(value)) return { path };
  if (ts.isAwaitExpression(value)) return within(".<0>", path);
  if (ts.isElementAccessExpression(value)) return within(elementStep(value, checker), path);
  const returned = ts.isCallExpression(value) ? checker.getResolvedSignature(value)?.getDeclaration()?.type : undefined;
  if (returned !== undefined && ts.isThisTypeNode(returned)) return { path };
  const slot = returned === undefined || path === undefined ? undefined : slotBehind(returned, path, checker);
  return slot === undefined ? undefined : { path: slot };
}

function within(step: string, path: string | undefined): Way {
  return { path: path === undefined ? undefined : step + path };
}

function elementStep({ expression, argumentExpression }: ts.ElementAccessExpression, checker: ts.TypeChecker): string {
  const isSlot = checker.isTupleType(checker.getNonNullableType(checker.getTypeAtLocation(expression)));
  return isSlot && ts.isNumericLiteral(argumentExpression) ? `.[${argumentExpression.text}]` : ".[]";
}

/** What an expression is taken out of, or what is called on. */
export function inward(value: ts.Expression): ts.Expression | undefined {
  if (ts.isCallExpression(value)) {
    return ts.isPropertyAccessExpression(value.expression) ? value.expression.expression : undefined;
  }
  if (
    ts.isPropertyAccessExpression(value) ||
    ts.isElementAccessExpression(value) ||
    ts.isNonNullExpression(value) ||
    ts.isParenthesizedExpression(value) ||
    ts.isAwaitExpression(value) ||
    ts.isSpreadElement(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value)
  ) {
    return value.expression;
  }
  return undefined;
}

/** Where in a list, a set or a map what it hands out when it is iterated lies. */
export function iteratedPath(value: ts.Expression, path: string, checker: ts.TypeChecker): string | undefined {
  const members = checker.getPropertiesOfType(checker.getTypeAtLocation(value));
  const iterator = members.find(({ name }) => name.startsWith("__@iterator@"))?.valueDeclaration;
  const given = iterator !== undefined && ts.isMethodSignature(iterator) ? iterator.type : undefined;
  return given === undefined ? undefined : slotBehind(given, `.<0>${path}`, checker);
}

/** Is it what a loop goes over step by step? */
export function isStep(declaration: ts.Node): boolean {
  return ts.isVariableDeclaration(declaration) && ts.isForOfStatement(declaration.parent.parent);
}
