import { ts } from "ts-morph";
import { positionPath } from "../positions/position-path.ts";
import { isMember } from "../types/member.ts";
import type { NamedDeclaration } from "./uses.ts";

/** A member, and the type that it is a member of. */
interface Membership {
  readonly member: ts.Node;
  readonly name: string;
  readonly owner: ts.Type;
}

/**
 * What the types go by that can take a member's type for their own: `save(getRow())`, where `save()` takes anything that
 * has an `id`, shows neither the `id` nor the row. Of a class, an object literal and a module only: what an interface
 * or an alias is written on is met by its name. `membersNamed` finds what names the members of that name that classes,
 * interfaces and type literals declare.
 *
 * Shortcomings: a type that wants nothing, since all of its members may be missing, would take too much to be looked at.
 */
export function widerTypes(
  node: ts.Node,
  membersNamed: (name: string) => readonly ts.Node[],
  checker: ts.TypeChecker,
): readonly NamedDeclaration[] {
  return membershipsAround(node, checker).flatMap((own) => {
    const others = membersNamed(own.name).flatMap((name) => membershipOf(name.parent, checker) ?? []);
    return others.filter((other) => takes(other.owner, own.owner, checker)).flatMap(namesOf);
  });
}

// From the innermost out; what is inside a function leaves it by other ways.
function membershipsAround(node: ts.Node, checker: ts.TypeChecker): readonly Membership[] {
  const found: Membership[] = [];
  for (let each = node; !ts.isSourceFile(each) && !isBody(each); each = each.parent) {
    const membership = isMetByName(each, checker) ? undefined : membershipOf(each, checker);
    if (membership !== undefined) found.push(membership);
  }
  return found;
}

// A literal that is wanted as something becomes that where it stands.
function isMetByName(member: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = member;
  if (ts.isObjectLiteralExpression(parent)) return checker.getContextualType(parent) !== undefined;
  return ts.isTypeElement(member);
}

function isBody(node: ts.Node): boolean {
  return ts.isFunctionLike(node.parent) && "body" in node.parent && node.parent.body === node;
}

function membershipOf(member: ts.Node, checker: ts.TypeChecker): Membership | undefined {
  const name = nameOf(member);
  const owner = name === undefined ? undefined : ownerOf(member, checker);
  return name === undefined || owner === undefined ? undefined : { member, name: name.text, owner };
}

function nameOf(member: ts.Node): ts.Identifier | ts.StringLiteralLike | undefined {
  if (!isMember(member) && !isExportable(member)) return undefined;
  const { name } = member as ts.NamedDeclaration;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name : undefined;
}

// A module can be handed on as a whole, with what it exports for members.
function isExportable(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node)) return ts.isSourceFile(node.parent.parent.parent);
  return ts.isFunctionDeclaration(node) && ts.isSourceFile(node.parent);
}

function ownerOf(member: ts.Node, checker: ts.TypeChecker): ts.Type | undefined {
  if (isMember(member)) return isStatic(member) ? undefined : checker.getTypeAtLocation(member.parent);
  const module = checker.getSymbolAtLocation(member.getSourceFile());
  return module === undefined ? undefined : checker.getTypeOfSymbol(module);
}

function isStatic(member: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(member as ts.Declaration) & ts.ModifierFlags.Static) !== 0;
}

// Of what is generic the names have to do: it may be any instance.
function takes(wider: ts.Type, type: ts.Type, checker: ts.TypeChecker): boolean {
  if (isHeir(type.symbol, wider.symbol, checker) || isHeir(wider.symbol, type.symbol, checker)) return false;
  const members = checker.getPropertiesOfType(wider);
  const required = members.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0);
  const hasAll = required.every(({ name }) => checker.getPropertyOfType(type, name) !== undefined);
  return required.length > 0 && hasAll && (isGeneric(wider) || checker.isTypeAssignableTo(type, wider));
}

// What a clause says is found by it.
function isHeir(symbol: ts.Symbol | undefined, of: ts.Symbol | undefined, checker: ts.TypeChecker): boolean {
  const found = new Set([symbol]);
  // The set grows while it is walked.
  for (const each of found) for (const base of basesOf(each, checker)) found.add(base);
  return found.has(of);
}

function basesOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): readonly (ts.Symbol | undefined)[] {
  const owners = symbol?.declarations?.filter((each) => ts.isClassLike(each) || ts.isInterfaceDeclaration(each)) ?? [];
  const types = owners.flatMap(({ heritageClauses = [] }) => heritageClauses.flatMap((clause) => [...clause.types]));
  return types.map((type) => checker.getTypeAtLocation(type).symbol);
}

function isGeneric(type: ts.Type): boolean {
  return type.isClassOrInterface() && (type.typeParameters?.length ?? 0) > 0;
}

function namesOf({ member }: Membership): readonly NamedDeclaration[] {
  const names = positionPath(member).names.filter(({ declaration }) => declaration !== member);
  const { parent } = member;
  if (!ts.isClassLike(parent) || parent.name === undefined) return names;
  return [...names, { name: parent.name.text, declaration: parent }];
}
