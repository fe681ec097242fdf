import { ts } from "ts-morph";
import type { Channel } from "../graph.ts";
import { alternatives, type BaseTest, fitsBase, isReference, type Leaf, leafOf, mentions } from "./leaves.ts";

/** The base meets the base: whatever is at `from` has to be assignable to what is at `to`. */
export interface PairedFlow {
  readonly from: Leaf;
  readonly to: Leaf;
  readonly channel: Exclude<Channel, "store">;
  readonly enforced: boolean;
  /** Does the value lie inside another one (an element, a member, a parameter)? */
  readonly nested: boolean;
}

/** The base meets `any` or `unknown`. */
export interface PairedErasure {
  readonly kind: "erased" | "recovered";
  readonly leaf: Leaf;
}

/** What comes of walking two types side by side. */
export interface Pairing {
  readonly flows: readonly PairedFlow[];
  readonly erasures: readonly PairedErasure[];
}

interface Walk {
  readonly test: BaseTest;
  readonly site: ts.Node;
  readonly flows: PairedFlow[];
  readonly erasures: PairedErasure[];
  readonly seen: Set<string>;
}

/** How the two sides stand to each other at one place of the walk. */
interface Relation {
  readonly channel: Exclude<Channel, "store">;
  readonly enforced: boolean;
  readonly nested: boolean;
}

/**
 * ⟦source⟧ ⊆ ⟦target⟧, taken apart: elements and members the same way round, parameters the other way round. A mutable
 * container is an alias: both sides can store into it.
 */
export function pair(source: ts.Type, target: ts.Type, site: ts.Node, test: BaseTest): Pairing {
  const walk: Walk = { test, site, flows: [], erasures: [], seen: new Set() };
  relate(walk, source, target, { channel: "value", enforced: true, nested: false });
  return walk;
}

const opaque = ts.TypeFlags.Any | ts.TypeFlags.Unknown;

function relate(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): void {
  if (source === target || !isNew(walk, source, target, relation)) return;
  for (const from of alternatives(constrained(source))) {
    for (const to of alternatives(constrained(target)))
      relateOne(walk, from, to, relation, alternatives(target).length > 1);
  }
}

function relateOne(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation, oneOfMany: boolean): void {
  const from = leafOf(source, walk.test);
  const to = leafOf(target, walk.test);
  if (from !== undefined && to !== undefined) {
    if (source !== target) walk.flows.push({ from, to, ...relation });
    return;
  }
  if (from !== undefined && (target.flags & opaque) !== 0) walk.erasures.push({ kind: "erased", leaf: from });
  else if (to !== undefined && (source.flags & opaque) !== 0) walk.erasures.push({ kind: "recovered", leaf: to });
  else if (to !== undefined) relatePlain(walk, source, to, relation);
  else if (from === undefined) relateInside(walk, source, target, relation, oneOfMany);
}

// A value of no declared type, such as an object literal, that fits where the base is wanted.
function relatePlain(walk: Walk, source: ts.Type, to: Leaf, relation: Relation): void {
  if (to.tags.length > 0 && fitsBase(source, walk.test)) walk.flows.push({ from: { tags: [] }, to, ...relation });
}

function relateInside(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation, oneOfMany: boolean): void {
  // The members of an object literal flow into the contextual type on their own.
  if (!relation.nested && ts.isObjectLiteralExpression(walk.site)) return;
  const structured = ts.TypeFlags.Object | ts.TypeFlags.Intersection;
  if (source === target || (source.flags & structured) === 0 || (target.flags & structured) === 0) return;
  if (oneOfMany && !walk.test.checker.isTypeAssignableTo(source, target)) return;

  if (relateElements(walk, source, target, relation)) return;
  if (relateArguments(walk, source, target, relation)) return;
  relateSignatures(walk, source, target, relation);
  relateMembers(walk, source, target, relation);
}

// Arrays and tuples, in any combination.
function relateElements(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  const { checker } = walk.test;
  const isList = (type: ts.Type) => checker.isArrayType(type) || checker.isTupleType(type);
  if (!isList(source) || !isList(target) || !isReference(source) || !isReference(target)) return false;

  const inner = within(relation, isReadonlyList(target) || isReadonlyList(source));
  const from = checker.getTypeArguments(source);
  const to = checker.getTypeArguments(target);
  if (checker.isTupleType(source) && checker.isTupleType(target)) {
    for (const [i, element] of from.entries()) relate(walk, element, to[i] ?? element, inner);
  } else {
    for (const element of from) for (const slot of to) relate(walk, element, slot, inner);
  }
  return true;
}

function isReadonlyList(list: ts.TypeReference): boolean {
  const { target } = list;
  return "readonly" in target ? target.readonly === true : target.symbol?.name === "ReadonlyArray";
}

/** Generics of the standard library that only hand their content out. All others can be stored into. */
const covariant = new Set(
  [
    "Promise PromiseLike ReadonlyMap ReadonlySet Iterator IterableIterator Iterable Generator AsyncGenerator",
    "AsyncIterator AsyncIterable AsyncIterableIterator IteratorObject ArrayIterator MapIterator SetIterator Readonly",
  ].flatMap((names) => names.split(" ")),
);

// Two instances of one generic differ by their arguments alone. Those of the project are walked when an argument holds
// the base, because only the members say which way it flows.
function relateArguments(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  if (!isReference(source) || !isReference(target) || source.target !== target.target) return false;
  const holdsBase = mentions(source, walk.test).length + mentions(target, walk.test).length > 0;
  if (holdsBase && !isDeclaredInLibrary(source.target.symbol)) return false;

  const to = walk.test.checker.getTypeArguments(target);
  const inner = within(relation, covariant.has(source.target.symbol.name));
  for (const [i, argument] of walk.test.checker.getTypeArguments(source).entries()) {
    relate(walk, argument, to[i] ?? argument, inner);
  }
  return true;
}

// The symbol of an intersection is undefined, whatever the compiler's declarations say.
function isDeclaredInLibrary(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

function relateSignatures(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): void {
  const [from] = source.getCallSignatures();
  const [to] = target.getCallSignatures();
  if (from === undefined || to === undefined) return;

  const { checker } = walk.test;
  const bivariant = isMethod(from) || isMethod(to);
  for (const [i, parameter] of from.parameters.entries()) {
    const given = to.parameters[i];
    if (given === undefined) break;
    const inner = { ...within(relation, true), enforced: relation.enforced && !bivariant };
    relate(
      walk,
      checker.getTypeOfSymbolAtLocation(given, walk.site),
      checker.getTypeOfSymbolAtLocation(parameter, walk.site),
      inner,
    );
  }
  relate(walk, from.getReturnType(), to.getReturnType(), within(relation, true));
}

function isMethod(signature: ts.Signature): boolean {
  const declaration = signature.getDeclaration();
  return declaration !== undefined && (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration));
}

function relateMembers(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): void {
  const { checker } = walk.test;
  if (isDeclaredInLibrary(target.symbol)) return;
  for (const member of checker.getPropertiesOfType(target)) {
    const own = checker.getPropertyOfType(source, member.name);
    if (own === undefined || own === member || isInherited(walk, own, member, source, target)) continue;
    const inner = within(relation, isReadonlyMember(member));
    relate(
      walk,
      checker.getTypeOfSymbolAtLocation(own, walk.site),
      checker.getTypeOfSymbolAtLocation(member, walk.site),
      inner,
    );
  }
  for (const index of checker.getIndexInfosOfType(target)) {
    for (const type of indexedTypes(source, checker))
      relate(walk, type, index.type, within(relation, index.isReadonly));
  }

  function indexedTypes(type: ts.Type, of: ts.TypeChecker): readonly ts.Type[] {
    const infos = of.getIndexInfosOfType(type);
    if (infos.length > 0) return infos.map((info) => info.type);
    return of.getPropertiesOfType(type).map((member) => of.getTypeOfSymbolAtLocation(member, walk.site));
  }
}

// One declaration seen through two types is one position, unless a type argument makes two of it.
function isInherited(walk: Walk, own: ts.Symbol, member: ts.Symbol, source: ts.Type, target: ts.Type): boolean {
  if (own.valueDeclaration === undefined || own.valueDeclaration !== member.valueDeclaration) return false;
  return !instantiatedWithBase(source, walk.test) && !instantiatedWithBase(target, walk.test);
}

function instantiatedWithBase(type: ts.Type, test: BaseTest): boolean {
  if (!type.isClassOrInterface() && !isReference(type)) return true;
  if (mentions(type, test).length > 0) return true;
  const declared = isReference(type) ? type.target : type;
  return (
    declared.isClassOrInterface() &&
    test.checker.getBaseTypes(declared).some((base) => instantiatedWithBase(base, test))
  );
}

function isReadonlyMember(member: ts.Symbol): boolean {
  const declaration = member.valueDeclaration;
  if (declaration === undefined) return false;
  return (
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0 || ts.isMethodSignature(declaration)
  );
}

function within(relation: Relation, readOnly: boolean): Relation {
  return { ...relation, channel: readOnly ? "value" : "alias", nested: true };
}

function constrained(type: ts.Type): ts.Type {
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? (type.getConstraint() ?? type) : type;
}

function isNew(walk: Walk, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  const key = `${idOf(source)} ${idOf(target)} ${relation.channel} ${relation.enforced}`;
  if (walk.seen.has(key)) return false;
  walk.seen.add(key);
  return walk.seen.size < 2000;
}

function idOf(type: ts.Type): number {
  return (type as ts.Type & { readonly id: number }).id;
}
