import { ts } from "ts-morph";
import { indirectCall } from "../syntax/indirect-call.ts";
import { originValues, returnedValues } from "../syntax/origins.ts";
import { valuesOf } from "../syntax/values.ts";
import { isInferred, symbolOf } from "./carrier.ts";

/**
 * The names in the code by which an expression means one of some functions, as declarations: `close` in `close(x)`, and
 * where `close` is a variable, a member or a result, the name that was put there. Writing another name means another one.
 */
export function functionNames(
  expression: ts.Expression,
  functions: ReadonlySet<ts.Node | undefined>,
  checker: ts.TypeChecker,
): readonly ts.Node[] {
  const seen = new Set<ts.Node>();
  const names: ts.Node[] = [];
  const visit = (value: ts.Expression): void => {
    if (seen.has(value)) return;
    seen.add(value);
    const name = nameOf(value);
    const declarations = (name === undefined ? undefined : symbolOf(name, checker))?.declarations ?? [];
    if (name !== undefined && declarations.some((declaration) => functions.has(declaration))) names.push(name);
    else for (const origin of [...declarations.flatMap(behind), ...inside(value)]) visitAll(origin);
  };

  // The elements of an array are not what it has as a value, but what is called may be one of them.
  const visitAll = (origin: ts.Expression): void =>
    (ts.isArrayLiteralExpression(origin) ? [origin] : valuesOf(origin)).forEach(visit);

  const behind = (declaration: ts.Declaration): readonly ts.Expression[] => {
    if (ts.isFunctionLike(declaration)) return ts.isGetAccessor(declaration) ? returnedValues(declaration) : [];
    if (!ts.isBindingElement(declaration)) return isInferred(declaration) ? originValues(declaration) : [];
    const name = declaration.propertyName ?? declaration.name;
    const taken = checker.getTypeAtLocation(declaration.parent);
    const member = ts.isIdentifier(name) ? checker.getPropertyOfType(taken, name.text) : undefined;
    if (member?.declarations?.some((each) => functions.has(each)) === true) names.push(name);
    return member?.declarations?.flatMap(behind) ?? [];
  };

  const inside = (value: ts.Expression): readonly ts.Expression[] => {
    if (ts.isArrayLiteralExpression(value)) return value.elements;
    if (ts.isSpreadElement(value)) return [value.expression];
    if (ts.isObjectLiteralExpression(value)) return value.properties.flatMap(memberValues);
    const bound = indirectCall(value, checker);
    if (bound?.how === "bind") return [bound.called];
    const called = ts.isCallExpression(value) ? checker.getResolvedSignature(value)?.getDeclaration() : undefined;
    return called === undefined || ts.isJSDocSignature(called) ? [] : returnedValues(called);
  };

  visitAll(expression);
  return names;
}

function memberValues(member: ts.ObjectLiteralElementLike): readonly ts.Expression[] {
  if (ts.isSpreadAssignment(member)) return [member.expression];
  return ts.isFunctionLike(member) ? [] : originValues(member);
}

function nameOf(value: ts.Expression): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(value)) return value;
  return ts.isPropertyAccessExpression(value) ? value.name : undefined;
}
