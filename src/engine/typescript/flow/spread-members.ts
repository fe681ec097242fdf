import { ts } from "ts-morph";
import { valuesOf } from "../syntax/values.ts";
import { alternatives } from "../tagging/leaves.ts";
import { sameMember } from "../types/member.ts";
import { isDeclaredInLibrary } from "../types/of-library.ts";
import type { TypeFlow } from "./construct.ts";

type Spread = ts.SpreadAssignment | ts.JsxSpreadAttribute;

/**
 * Member by member, because a spread copies: what is stored into the copy later does not reach what it was made of. What
 * is written after the spread replaces the member that the spread brings; of what may be missing nothing is brought then.
 */
export function* spreadMembers(spread: Spread, wanted: ts.Type, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const replaced = namesAfter(spread, checker);
  for (const part of partsOf(spread, checker)) {
    if (!isOther(part, wanted, spread, checker)) yield* memberFlows(spread, part, wanted, replaced, checker);
  }
}

function* memberFlows(
  spread: Spread,
  part: ts.Type,
  wanted: ts.Type,
  replaced: ReadonlySet<string>,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const named = checker.getIndexInfosOfType(wanted)[0]?.type;
  // The members of a literal flow into what is wanted on their own.
  const isMadeHere = valuesOf(spread.expression).some(ts.isObjectLiteralExpression);
  for (const own of checker.getPropertiesOfType(part)) {
    if (replaced.has(own.name)) continue;
    const member = sameMember(wanted, own, checker);
    const target = member === undefined ? named : checker.getTypeOfSymbolAtLocation(member, spread);
    const source = checker.getTypeOfSymbolAtLocation(own, spread);
    if (target === undefined) continue;
    const flow = { source, target, site: spread };
    const isOutside = isDeclaredInLibrary(member);
    yield isMadeHere ? flow : { ...flow, bringing: { value: spread.expression, member: own.name, isOutside } };
  }
  for (const index of checker.getIndexInfosOfType(part)) {
    if (named !== undefined) yield { source: index.type, target: named, site: spread };
  }
}

// `this` and a type parameter have the members of what they are at least.
function partsOf({ expression }: Spread, checker: ts.TypeChecker): readonly ts.Type[] {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  return alternatives(checker.getApparentType(type));
}

// Of a union one member is copied, and a discriminant says which is not wanted here.
function isOther(part: ts.Type, wanted: ts.Type, site: ts.Node, checker: ts.TypeChecker): boolean {
  return checker.getPropertiesOfType(part).some((own) => {
    const type = checker.getTypeOfSymbolAtLocation(own, site);
    const member = type.isLiteral() ? sameMember(wanted, own, checker) : undefined;
    return member !== undefined && !checker.isTypeAssignableTo(type, checker.getTypeOfSymbolAtLocation(member, site));
  });
}

function namesAfter(spread: Spread, checker: ts.TypeChecker): ReadonlySet<string> {
  const all: readonly ts.Node[] = spread.parent.properties;
  const names = all.slice(all.indexOf(spread) + 1).flatMap((each) => namesOf(each, checker));
  return new Set(names);
}

function namesOf(property: ts.Node, checker: ts.TypeChecker): readonly string[] {
  if (ts.isSpreadAssignment(property) || ts.isJsxSpreadAttribute(property)) return namesBrought(property, checker);
  if (!ts.isObjectLiteralElement(property) && !ts.isJsxAttribute(property)) return [];
  const { name } = property;
  if (name === undefined) return [];
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return [name.text];
  const type = ts.isComputedPropertyName(name) ? checker.getTypeAtLocation(name.expression) : undefined;
  return type?.isStringLiteral() ? [type.value] : [];
}

// What every alternative surely has.
function namesBrought({ expression }: Spread, checker: ts.TypeChecker): readonly string[] {
  const type = checker.getTypeAtLocation(expression);
  const isSure = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Optional) === 0;
  if (checker.getNonNullableType(type) !== type) return [];
  return checker
    .getPropertiesOfType(checker.getApparentType(type))
    .filter(isSure)
    .map(({ name }) => name);
}
