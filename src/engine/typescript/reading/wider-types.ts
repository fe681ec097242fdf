import { ts } from "ts-morph";
import { positionPath } from "../positions/position-path.ts";
import { isMember } from "../types/member.ts";
import { handingOnIn } from "./beside.ts";
import type { NamedDeclaration, UseIndex } from "./uses.ts";

/** A member, and the type that it is a member of. */
interface Membership {
  readonly member: ts.Node;
  readonly name: string;
  readonly owner: ts.Type;
}

/** What the types go by that can take the type of a member at this node for their own; nothing that was found before. */
export type WiderTypes = (node: ts.Node) => readonly NamedDeclaration[];

/**
 * Finds where `save(getRow())`, where `save()` takes anything that has an `id`, leads: it shows neither the `id` nor the
 * row. Of a class, an object literal and a module only: what an interface or an alias is written on is met by its name.
 *
 * Shortcomings: a type that wants nothing, since all of its members may be missing, would take too much to be looked at;
 * of an error that is only thrown, what it is cast to where it is caught is not looked at.
 */
export function createWiderTypes(index: UseIndex, checker: ts.TypeChecker): WiderTypes {
  const asked = new Set<ts.Node>();
  const waiting = new Map<string, Map<string, readonly Membership[]>>();
  return (node) =>
    membershipsAround(node, checker).flatMap((own) => {
      if (asked.has(own.member)) return [];
      asked.add(own.member);
      if (isOnlyThrown(own.member.parent, index)) return [];
      const others = waiting.get(own.name) ?? byRarestMember(own.name, index, checker);
      waiting.set(own.name, others);
      return takersAmong(others, own.owner, checker).flatMap(namesOf);
    });
}

// The types that want a member of that name, by the member they want that the fewest files know: whatever lacks that one
// need not be compared with them.
function byRarestMember(name: string, index: UseIndex, checker: ts.TypeChecker): Map<string, readonly Membership[]> {
  const sorted = new Map<string, Membership[]>();
  for (const member of index.membersNamed(name)) {
    const membership = membershipOf(member.parent, checker);
    if (membership === undefined || isNominal(membership.owner, checker)) continue;
    const [rarest] = requiredBy(membership.owner, checker)
      .map((required) => ({ required, files: index.filesNaming(required) }))
      .sort((a, b) => a.files - b.files);
    if (rarest === undefined) continue;
    const known = sorted.get(rarest.required);
    if (known === undefined) sorted.set(rarest.required, [membership]);
    else known.push(membership);
  }
  return sorted;
}

// Takes them out, since what is followed once is followed for all.
function takersAmong(
  others: Map<string, readonly Membership[]>,
  type: ts.Type,
  checker: ts.TypeChecker,
): readonly Membership[] {
  const all: Membership[] = [];
  for (const { name } of checker.getPropertiesOfType(type)) {
    const candidates = others.get(name) ?? [];
    const takers = new Set(candidates.filter(({ owner }) => takes(owner, type, checker)));
    if (takers.size === 0) continue;
    all.push(...takers);
    others.set(
      name,
      candidates.filter((each) => !takers.has(each)),
    );
  }
  return all;
}

// `throw new SizeError(size)`: where an error is caught nothing is known of it.
function isOnlyThrown(owner: ts.Node, index: UseIndex): boolean {
  if (!ts.isClassDeclaration(owner) || owner.name === undefined || handingOnIn(owner).length > 0) return false;
  const uses = index.usesOf({ name: owner.name.text, declaration: owner }, "value");
  return uses.every((use) => use === owner.name || isModuleName(use) || isThrown(use));
}

function isModuleName({ parent }: ts.Node): boolean {
  return ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isExportSpecifier(parent);
}

function isThrown(use: ts.Node): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && parent.name === use) return isThrown(parent);
  return ts.isNewExpression(parent) && parent.expression === use && ts.isThrowStatement(parent.parent);
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
  const hasAll = requiredBy(wider, checker).every((name) => checker.getPropertyOfType(type, name) !== undefined);
  return hasAll && (isGeneric(wider) || checker.isTypeAssignableTo(type, wider));
}

// A member that is not public takes only itself, and so does what it is in; what a clause says is found by it.
function isNominal(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.getPropertiesOfType(type).some(({ valueDeclaration }) => {
    if (valueDeclaration === undefined) return false;
    const name = ts.getNameOfDeclaration(valueDeclaration);
    if (name !== undefined && ts.isPrivateIdentifier(name)) return true;
    return (ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.NonPublicAccessibilityModifier) !== 0;
  });
}

function requiredBy(type: ts.Type, checker: ts.TypeChecker): readonly string[] {
  const members = checker.getPropertiesOfType(type);
  return members.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
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
