import { ts } from "ts-morph";
import type { Construct, TypeFlow, ValueFlow } from "../flow/construct.ts";
import { spreadMembers } from "../flow/spread-members.ts";
import { isTakenApart } from "../syntax/pattern.ts";
import { sameMember } from "../types/member.ts";

/**
 * ⟦value⟧ ⊆ ⟦member of the type that the object literal is wanted as⟧; a spread by the members it brings. With one name
 * that is only known at run time, ⟦every value⟧ ⊆ ⟦index signature⟧: so the compiler has it.
 */
export const property: Construct = {
  name: "property",
  *flows(node, checker) {
    if (!ts.isObjectLiteralExpression(node) || isTakenApart(node)) return;
    for (const wanted of alternativesWanted(node, checker)) {
      for (const member of node.properties) yield* memberFlows(member, wanted, checker);
      if (node.properties.some((member) => isNamedLater(member, checker))) yield* indexFlows(node, wanted, checker);
    }
  },
};

function* memberFlows(
  member: ts.ObjectLiteralElementLike,
  wanted: ts.Type,
  checker: ts.TypeChecker,
): Iterable<ValueFlow | TypeFlow> {
  if (ts.isSpreadAssignment(member)) yield* spreadMembers(member, wanted, checker);
  if (ts.isMethodDeclaration(member)) yield* methodFlows(member, wanted, checker);
  if (ts.isAccessor(member)) yield* accessorFlows(member, wanted, checker);
  const value = memberValue(member);
  if (value === undefined) return;
  const own = memberSymbol(member, checker);
  const named = own === undefined ? undefined : sameMember(wanted, own, checker);
  const literal = member.parent;
  const isAlone = ts.isObjectLiteralExpression(literal) && checker.getContextualType(literal) === wanted;
  const target =
    named === undefined || isAlone
      ? checker.getContextualType(value)
      : checker.getTypeOfSymbolAtLocation(named, member);
  const declaration = named?.valueDeclaration === own?.valueDeclaration ? undefined : named?.valueDeclaration;
  if (target !== undefined) yield { value, target, declaration };
}

function* indexFlows(
  literal: ts.ObjectLiteralExpression,
  wanted: ts.Type,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  for (const { type: target } of checker.getIndexInfosOfType(wanted)) {
    for (const value of literal.properties.flatMap((member) => memberValue(member) ?? [])) yield { value, target };
  }
}

function isNamedLater(member: ts.ObjectLiteralElementLike, checker: ts.TypeChecker): boolean {
  if (member.name === undefined || !ts.isComputedPropertyName(member.name)) return false;
  const type = checker.getTypeAtLocation(member.name.expression);
  return !type.isLiteral() && (type.flags & ts.TypeFlags.UniqueESSymbol) === 0;
}

function memberSymbol(member: ts.ObjectLiteralElementLike, checker: ts.TypeChecker): ts.Symbol | undefined {
  return member.name === undefined ? undefined : checker.getSymbolAtLocation(member.name);
}

// Of a union, the members that the literal as a whole is one of: the compiler asks no more of it.
function alternativesWanted(node: ts.ObjectLiteralExpression, checker: ts.TypeChecker): readonly ts.Type[] {
  const wanted = checker.getContextualType(node);
  if (wanted === undefined) return [];
  if (!wanted.isUnion()) return [wanted];
  const type = checker.getTypeAtLocation(node);
  const alike = wanted.types.filter((member) => isAlike(type, member, node, checker));
  const fitting = alike.filter((member) => checker.isTypeAssignableTo(type, member));
  return fitting.length > 0 ? fitting : alike;
}

// By what is there and by discriminants alone, as long as a member's own type does not fit yet.
function isAlike(literal: ts.Type, wanted: ts.Type, site: ts.Node, checker: ts.TypeChecker): boolean {
  return checker.getPropertiesOfType(wanted).every((member) => {
    const own = sameMember(literal, member, checker);
    if (own === undefined) return (member.flags & ts.SymbolFlags.Optional) !== 0;
    const type = checker.getTypeOfSymbolAtLocation(own, site);
    return !type.isLiteral() || checker.isTypeAssignableTo(type, checker.getTypeOfSymbolAtLocation(member, site));
  });
}

// `{ end(page) {} }`: its parameters are written, unlike those of an arrow, so no contextual type reaches them.
function* methodFlows(method: ts.MethodDeclaration, wanted: ts.Type, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const own = checker.getSymbolAtLocation(method.name);
  if (own === undefined) return;
  const source = checker.getTypeOfSymbolAtLocation(own, method);
  for (const target of namedTypes(wanted, own, method, checker)) yield { source, target, site: method };
}

// `{ get page() { … } }`: what is got is the member's, and what is put into the member is set.
function* accessorFlows(
  accessor: ts.AccessorDeclaration,
  wanted: ts.Type,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const own = checker.getSymbolAtLocation(accessor.name);
  const [given] = accessor.parameters;
  for (const type of own === undefined ? [] : namedTypes(wanted, own, accessor, checker)) {
    if (given !== undefined) yield { source: type, target: checker.getTypeAtLocation(given), site: accessor };
    const got = ts.isGetAccessor(accessor) ? checker.getSignatureFromDeclaration(accessor) : undefined;
    if (got !== undefined) yield { source: got.getReturnType(), target: type, site: accessor };
  }
}

// What a type says of a member: by its name, or of all names alike.
function namedTypes(wanted: ts.Type, own: ts.Symbol, site: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] {
  const member = sameMember(wanted, own, checker);
  if (member !== undefined) return [checker.getTypeOfSymbolAtLocation(member, site)];
  return checker.getIndexInfosOfType(wanted).map(({ type }) => type);
}

function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(member)) return member.initializer;
  return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}
