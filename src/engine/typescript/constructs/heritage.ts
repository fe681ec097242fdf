import { ts } from "ts-morph";
import { inferredType, isInferred } from "../flow/carrier.ts";
import type { Construct, TypeFlow, ValueFlow } from "../flow/construct.ts";
import { sameMember } from "../types/member.ts";
import { isOfLibrary } from "../types/of-library.ts";

/**
 * ⟦instance of the class or interface⟧ ⊆ ⟦each type it extends or implements⟧: overrides, member by member.
 * An argument of an implemented type holds nothing of its own: ⟦what the member takes⟧ ⊆ ⟦argument⟧ too. And of what an
 * interface inherits twice, ⟦member of one⟧ = ⟦member of the other⟧. In `{ url: string } & Message` what goes into a member
 * has to fit that of a library's type as well.
 */
export const heritage: Construct = {
  name: "heritage",
  *flows(node, checker) {
    if (ts.isIntersectionTypeNode(node)) yield* metInLibrary(node, checker);
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return;
    const source = checker.getTypeAtLocation(node);
    for (const clause of node.heritageClauses ?? []) {
      for (const type of clause.types) {
        const target = checker.getTypeAtLocation(type);
        yield { source, target, site: type };
        yield* inferredMembers(node, target, checker);
        if (isOfLibrary(target)) yield* membersOfLibrary(membersOf(node, checker), target, type, checker);
        if (clause.token === ts.SyntaxKind.ImplementsKeyword)
          yield { source: target, target: source, site: type, into: type };
      }
    }
    if (source.isClassOrInterface() && ts.isInterfaceDeclaration(node)) yield* inheritedTwice(source, node, checker);
  },
};

function* inheritedTwice(
  heir: ts.InterfaceType,
  { name }: ts.InterfaceDeclaration,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const isInherited = ({ escapedName }: ts.Symbol) => heir.symbol.members?.has(escapedName) !== true;
  const bases = checker.getBaseTypes(heir);
  for (const [i, base] of bases.entries()) {
    const members = checker.getPropertiesOfType(base).filter(isInherited);
    const others = bases.slice(i + 1).filter((other) => !isOfLibrary(base) || !isOfLibrary(other));
    for (const other of others) yield* identities(members, other, name, checker);
  }
}

function* identities(
  members: readonly ts.Symbol[],
  other: ts.Type,
  site: ts.Node,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  for (const member of members) {
    const same = sameMember(other, member, checker);
    if (same === undefined || same === member) continue;
    const [source, target] = [member, same].map((each) => checker.getTypeOfSymbolAtLocation(each, site));
    if (source === undefined || target === undefined) continue;
    yield { source, target, site, isIdentity: true };
    yield { source: target, target: source, site, isIdentity: true };
  }
}

function membersOf(
  { members }: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  checker: ts.TypeChecker,
): readonly ts.Symbol[] {
  return members.flatMap(({ name }) => (name === undefined ? undefined : checker.getSymbolAtLocation(name)) ?? []);
}

function* metInLibrary({ types }: ts.IntersectionTypeNode, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const parts = types.flatMap((site) => partsOf(checker.getTypeFromTypeNode(site)).map((type) => ({ site, type })));
  const others = parts.filter(({ type }) => isOfLibrary(type));
  for (const { type, site } of others.length === 0 ? [] : parts.filter((part) => !others.includes(part))) {
    for (const other of others) {
      yield* membersOfLibrary(checker.getPropertiesOfType(type), other.type, site, checker);
    }
  }
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isIntersection() ? type.types : [type];
}

// What a library declares without a word of the base is not compared as a whole.
function* membersOfLibrary(
  members: readonly ts.Symbol[],
  base: ts.Type,
  site: ts.Node,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  for (const own of members) {
    const wanted = sameMember(base, own, checker);
    if (wanted === undefined) continue;
    const [source, target] = [own, wanted].map((each) => checker.getTypeOfSymbolAtLocation(each, site));
    if (source !== undefined && target !== undefined) yield { source, target, site };
  }
}

// `create() { return "none"; }`, `create = () => "none"` and `create = library.create`: what it gives is written nowhere.
function* inferredMembers(
  { members }: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  base: ts.Type,
  checker: ts.TypeChecker,
): Iterable<TypeFlow | ValueFlow> {
  for (const member of members) {
    const own = member.name === undefined ? undefined : checker.getSymbolAtLocation(member.name);
    const wanted = own === undefined || !isInferred(member) ? undefined : sameMember(base, own, checker);
    const value = functionNamed(member, checker);
    if (wanted !== undefined && value !== undefined) {
      yield { value, target: checker.getTypeOfSymbolAtLocation(wanted, member) };
      continue;
    }
    const carrier = heldFunction(member) ?? member;
    const source = wanted === undefined || !isInferred(carrier) ? undefined : inferredType(carrier, checker);
    if (wanted === undefined || source === undefined) continue;
    const type = checker.getTypeOfSymbolAtLocation(wanted, member);
    const targets =
      ts.isFunctionLike(carrier) && !ts.isAccessor(carrier)
        ? checker
            .getNonNullableType(type)
            .getCallSignatures()
            .map((signature) => signature.getReturnType())
        : [type];
    for (const target of targets) yield { source, target, site: carrier, carrier };
  }
}

function heldFunction(member: ts.Node): ts.Expression | undefined {
  const held = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  return held !== undefined && ts.isFunctionLike(held) ? held : undefined;
}

// A function that is made elsewhere.
function functionNamed(member: ts.Node, checker: ts.TypeChecker): ts.Expression | undefined {
  const held = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  if (held === undefined || ts.isFunctionLike(held)) return undefined;
  return checker.getTypeAtLocation(held).getCallSignatures().length > 0 ? held : undefined;
}
