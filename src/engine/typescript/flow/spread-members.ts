import { ts } from "ts-morph";
import { sameMember } from "../types/member.ts";
import type { TypeFlow } from "./construct.ts";

/**
 * Member by member, because a spread copies: what is stored into the copy later does not reach what it was made of. What
 * is written after the spread replaces the member that the spread brings.
 */
export function* spreadMembers(
  spread: ts.SpreadAssignment | ts.JsxSpreadAttribute,
  wanted: ts.Type,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const { expression: value } = spread;
  const type = checker.getTypeAtLocation(value);
  const named = checker.getIndexInfosOfType(wanted)[0]?.type;
  const replaced = namesAfter(spread);
  for (const own of checker.getPropertiesOfType(type)) {
    if (replaced.has(own.name)) continue;
    const member = sameMember(wanted, own, checker);
    const target = member === undefined ? named : checker.getTypeOfSymbolAtLocation(member, spread);
    const source = checker.getTypeOfSymbolAtLocation(own, spread);
    if (target !== undefined) yield { source, target, site: spread, bringing: { value, member: own.name } };
  }
  for (const index of checker.getIndexInfosOfType(type)) {
    if (named !== undefined) yield { source: index.type, target: named, site: spread };
  }
}

function namesAfter(spread: ts.SpreadAssignment | ts.JsxSpreadAttribute): ReadonlySet<string> {
  const all: readonly ts.Node[] = spread.parent.properties;
  const names = all.slice(all.indexOf(spread) + 1).flatMap((each) => nameOf(each) ?? []);
  return new Set(names);
}

function nameOf(property: ts.Node): string | undefined {
  if (!ts.isObjectLiteralElement(property) && !ts.isJsxAttribute(property)) return undefined;
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
}
