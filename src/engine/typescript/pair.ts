import { ts } from "ts-morph";
import {
  alternatives,
  type BaseTest,
  fitsBase,
  isReference,
  type Leaf,
  leafOf,
  mentions,
  typeArguments,
} from "./leaves.ts";
import { isReadonlyMember, sameMember, setterOf, writtenThrough } from "./member.ts";
import { isCallback, isMethod } from "./signature.ts";
import { isTaggedAlone } from "./tag.ts";

/** The base meets the base: whatever is at `from` has to be assignable to what is at `to`. */
export interface PairedFlow {
  readonly from: Leaf;
  readonly to: Leaf;
  readonly channel: "value" | "alias";
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

/** What one step of the walk finds, and where it goes on. */
interface Step {
  readonly test: BaseTest;
  readonly site: ts.Node;
  readonly flows: PairedFlow[];
  readonly erasures: PairedErasure[];
  readonly next: Pending[];
}

interface Pending {
  readonly source: ts.Type;
  readonly target: ts.Type;
  readonly relation: Relation;
}

/** How the two sides stand to each other at one place of the step. */
interface Relation {
  readonly channel: "value" | "alias";
  readonly enforced: boolean;
  readonly nested: boolean;
  /** Is one library type seen as another one, such as a map as an iterable? What is handed out then is handed out afresh. */
  readonly view: boolean;
}

/**
 * ⟦source⟧ ⊆ ⟦target⟧, taken apart: elements and members the same way round, parameters the other way round. A mutable
 * container is an alias: both sides can store into it.
 */
export function pair(source: ts.Type, target: ts.Type, site: ts.Node, test: BaseTest): Pairing {
  const relation: Relation = { channel: "value", enforced: true, nested: false, view: false };
  const found = { flows: [] as PairedFlow[], erasures: [] as PairedErasure[] };
  const seen = new Set<string>();
  // Nearest first; a worklist, because generics of generics lead thousands of calls deep.
  const pending: Pending[] = [{ source, target, relation }];
  for (const each of pending) {
    const { flows, erasures, next } = stepOf(each, site, test);
    found.flows.push(...flows);
    found.erasures.push(...erasures);
    for (const one of next) {
      const key = keyOf(one);
      if (seen.has(key) || seen.size === mostPairs) continue;
      seen.add(key);
      pending.push(one);
    }
  }
  return found;
}

const mostPairs = 2000;

/** The steps taken so far inside of types, which are the same from wherever they are taken. */
const taken = new WeakMap<BaseTest, Map<string, Step>>();

function stepOf(pending: Pending, site: ts.Node, test: BaseTest): Step {
  if (!pending.relation.nested) return stepFrom(pending, site, test);
  const known = taken.get(test) ?? new Map<string, Step>();
  taken.set(test, known);
  const key = keyOf(pending);
  const step = known.get(key) ?? stepFrom(pending, site, test);
  known.set(key, step);
  return step;
}

function stepFrom(pending: Pending, site: ts.Node, test: BaseTest): Step {
  const step: Step = { test, site, flows: [], erasures: [], next: [] };
  relateAlternatives(step, pending);
  return step;
}

function keyOf({ source, target, relation }: Pending): string {
  return `${idOf(source)} ${idOf(target)} ${relation.channel} ${relation.enforced} ${relation.view}`;
}

const opaque = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
const structured = ts.TypeFlags.Object | ts.TypeFlags.Intersection;

function relate(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  if (source !== target) step.next.push({ source, target, relation });
}

function relateAlternatives(step: Step, { source, target, relation }: Pending): void {
  const targets = alternatives(constrained(target));
  for (const from of alternatives(constrained(source))) {
    for (const to of receivers(step, from, targets)) relateOne(step, from, to, relation);
  }
}

// What stands in a union itself needs none of the other members, and an instance goes where its own class or interface
// is wanted; an object of another type fits all members that it can be assigned to.
function receivers(step: Step, source: ts.Type, targets: readonly ts.Type[]): readonly ts.Type[] {
  if (targets.length < 2) return targets;
  if (targets.includes(source)) return [source];
  if (leafOf(source, step.test) !== undefined) return withoutOtherBrands(step, source, targets);
  const isObject = (type: ts.Type) => (type.flags & structured) !== 0 && leafOf(type, step.test) === undefined;
  // Of null and a function only one can be meant.
  if (!isObject(source) || targets.filter(isObject).length < 2) return targets;
  const fitting = targets.filter((to) => !isObject(to) || step.test.checker.isTypeAssignableTo(source, to));
  // A cast asks for less than that.
  if (!fitting.some(isObject)) return targets;
  const own = fitting.filter((to) => isObject(to) && source.symbol !== undefined && to.symbol === source.symbol);
  return own.length > 0 && isNominal(source) ? own : fitting;
}

// `string | Slug` with `type Slug = string & { slug: true }`: what may stand there as a string goes there as one, even
// where a test has made it both; and what was a slug before the test needs no other slug.
function withoutOtherBrands({ test }: Step, source: ts.Type, targets: readonly ts.Type[]): readonly ts.Type[] {
  if (test.base.kind !== "primitive") return targets;
  const plain = targets.filter((to) => leafOf(to, test) === undefined || isTaggedAlone(to));
  if (plain.some((to) => test.checker.isTypeAssignableTo(source, to))) return plain;
  return targets.filter((to) => plain.includes(to) || !isPartOf(source, to));
}

function isPartOf(whole: ts.Type, part: ts.Type): boolean {
  return whole.isIntersection() && part.isIntersection() && part.types.every((each) => whole.types.includes(each));
}

function isNominal(type: ts.Type): boolean {
  return type.isClassOrInterface() || isReference(type);
}

// `let page = cache.get(key)` has its type from the cache's, but what it was given since may go back into the cache.
function isHeldAgain({ tags }: Leaf, { nested }: Relation): boolean {
  return !nested && tags.length > 0;
}

function relateOne(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  const from = leafOf(source, step.test);
  const to = leafOf(target, step.test);
  if (from !== undefined && to !== undefined) {
    if (source !== target || isHeldAgain(from, relation)) step.flows.push({ from, to, ...relation });
    return;
  }
  if (from !== undefined && (target.flags & opaque) !== 0) step.erasures.push({ kind: "erased", leaf: from });
  else if (to !== undefined && (source.flags & opaque) !== 0) step.erasures.push({ kind: "recovered", leaf: to });
  else if (to !== undefined) relatePlain(step, source, to, relation);
  else if (from === undefined) relateInside(step, source, target, relation);
}

// A value of no declared type, such as an object literal, that fits where the base is wanted.
function relatePlain(step: Step, source: ts.Type, to: Leaf, relation: Relation): void {
  if (to.tags.length > 0 && fitsBase(source, step.test)) step.flows.push({ from: { tags: [] }, to, ...relation });
}

function relateInside(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  // The members of an object literal flow into the contextual type on their own.
  if (!relation.nested && ts.isObjectLiteralExpression(step.site)) return;
  if (source === target || (source.flags & structured) === 0 || (target.flags & structured) === 0) return;
  if (relateElements(step, source, target, relation)) return;
  if (relateArguments(step, source, target, relation)) return;
  const view = relation.view || (isOfLibrary(source) && isOfLibrary(target));
  relateSignatures(step, source, target, { ...relation, view });
  relateMembers(step, source, target, { ...relation, view });
}

// Arrays and tuples, in any combination.
function relateElements(step: Step, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  const { checker } = step.test;
  const isList = (type: ts.Type) => checker.isArrayType(type) || checker.isTupleType(type);
  if (!isList(source) || !isList(target) || !isReference(source) || !isReference(target)) return false;

  const inner = within(relation, isReadonlyList(target) || isReadonlyList(source));
  const from = checker.getTypeArguments(source);
  const to = checker.getTypeArguments(target);
  if (checker.isTupleType(source) && checker.isTupleType(target)) {
    for (const [i, element] of from.entries()) relate(step, element, to[i] ?? element, inner);
  } else {
    for (const element of from) for (const slot of to) relate(step, element, slot, inner);
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
    "IteratorYieldResult IteratorReturnResult AsyncIteratorObject WeakRef",
  ].flatMap((names) => names.split(" ")),
);

// Two instances of one generic differ by their arguments alone. Those of the project are walked when an argument holds
// the base, because only the members say which way it flows.
function relateArguments(step: Step, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  if (!isReference(source) || !isReference(target) || source.target !== target.target) return false;
  const { test } = step;
  const holdsBase = mentions(source, test).length + mentions(target, test).length > 0;
  if (holdsBase && !isDeclaredInLibrary(source.target.symbol)) return false;

  const to = test.checker.getTypeArguments(target);
  const inner = within(relation, covariant.has(source.target.symbol.name));
  for (const [i, argument] of test.checker.getTypeArguments(source).entries()) {
    relate(step, argument, to[i] ?? argument, inner);
  }
  return true;
}

function mayHoldBase({ test }: Step, source: ts.Type, target: ts.Type): boolean {
  return [source, target].some((type) => mentions(type, test).length > 0 || isOverUnnamed(type, test));
}

// `Iterable<() => Page>`: what its argument is made of has no declaration of its own to compare. As deep as `mentions`.
function isOverUnnamed(type: ts.Type, test: BaseTest, depth = 5): boolean {
  return typeArguments(type, test.checker).some(([, argument]) =>
    alternatives(argument).some(
      (each) => isUnnamed(each) || (depth > 0 && !isOfProject(each) && isOverUnnamed(each, test, depth - 1)),
    ),
  );
}

// A tuple is declared nowhere.
function isOfProject({ symbol }: { readonly symbol?: ts.Symbol }): boolean {
  return symbol !== undefined && !isDeclaredInLibrary(symbol);
}

function isUnnamed(type: ts.Type): boolean {
  const symbol: ts.Symbol | undefined = type.symbol;
  return symbol !== undefined && (symbol.flags & (ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral)) !== 0;
}

// The symbol of an intersection is undefined, whatever the compiler's declarations say. What a library's alias stands
// for, such as `Record<string, Page>`, has members like any literal type.
function isDeclaredInLibrary(symbol: ts.Symbol | undefined): boolean {
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.TypeLiteral) !== 0) return false;
  return symbol?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

// The members of a `Record` or a `Partial` are the project's, whoever declares how they are mapped.
function isOfLibrary(type: ts.Type): boolean {
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  const isMapped = isObject && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0;
  return !isMapped && isDeclaredInLibrary(type.symbol);
}

function relateSignatures(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  for (const kind of [ts.SignatureKind.Call, ts.SignatureKind.Construct]) {
    const given = step.test.checker.getSignaturesOfType(source, kind);
    const wanted = step.test.checker.getSignaturesOfType(target, kind);
    for (const [i, to] of wanted.entries()) {
      const from = given.length === wanted.length ? given[i] : given.find((each) => accepts(step, each, to));
      if (from !== undefined) relateSignature(step, from, to, relation);
    }
  }
}

// Which of several overloads answers for a wanted signature: the first that takes its arguments.
function accepts(step: Step, given: ts.Signature, wanted: ts.Signature): boolean {
  return given.parameters.every((parameter, i) => {
    const argument = wanted.parameters[i];
    return (
      argument === undefined || step.test.checker.isTypeAssignableTo(typeOf(step, argument), typeOf(step, parameter))
    );
  });
}

function relateSignature(step: Step, from: ts.Signature, to: ts.Signature, relation: Relation): void {
  const { checker } = step.test;
  const bivariant = isMethod(from) || isMethod(to);
  for (const [i, parameter] of from.parameters.entries()) {
    const given = to.parameters[i];
    if (given === undefined) break;
    const [wanted, accepted] = [typeOf(step, given), typeOf(step, parameter)];
    const isChecked = !bivariant || (isCallback(wanted, checker) && isCallback(accepted, checker));
    // What a view is asked about is not stored into what it is a view of.
    if (relation.view && !isChecked) continue;
    relate(step, wanted, accepted, { ...within(relation, true), enforced: relation.enforced && isChecked });
  }
  relate(step, from.getReturnType(), to.getReturnType(), within(relation, true));
}

function typeOf(step: Step, symbol: ts.Symbol): ts.Type {
  return step.test.checker.getTypeOfSymbolAtLocation(symbol, step.site);
}

function relateMembers(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  const { checker } = step.test;
  if (isOfLibrary(target) && !mayHoldBase(step, source, target)) return;
  for (const member of checker.getPropertiesOfType(target)) {
    const own = sameMember(source, member, checker);
    if (own === undefined || own === member || isInherited(step, own, member, source, target)) continue;
    const inner = within(relation, isReadonlyMember(member) || setterOf(own) !== undefined);
    relate(step, typeOf(step, own), typeOf(step, member), inner);
    relateWrites(step, own, member, relation);
  }
  for (const index of checker.getIndexInfosOfType(target)) {
    for (const type of indexedTypes(source, checker))
      relate(step, type, index.type, within(relation, index.isReadonly));
  }

  function indexedTypes(type: ts.Type, of: ts.TypeChecker): readonly ts.Type[] {
    const infos = of.getIndexInfosOfType(type);
    if (infos.length > 0) return infos.map((info) => info.type);
    return of.getPropertiesOfType(type).map((member) => of.getTypeOfSymbolAtLocation(member, step.site));
  }
}

// The compiler compares only what is read.
function relateWrites(step: Step, own: ts.Symbol, member: ts.Symbol, relation: Relation): void {
  const written = writtenThrough(member, own, step.site, step.test.checker);
  if (written === undefined) return;
  relate(step, written.source, written.target, { ...within(relation, true), enforced: false });
}

// One declaration seen through two types is one position, unless a type argument makes two of it.
function isInherited(step: Step, own: ts.Symbol, member: ts.Symbol, source: ts.Type, target: ts.Type): boolean {
  if (own.valueDeclaration === undefined || own.valueDeclaration !== member.valueDeclaration) return false;
  return !instantiatedWithBase(source, step.test) && !instantiatedWithBase(target, step.test);
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

function within(relation: Relation, readOnly: boolean): Relation {
  return { ...relation, channel: readOnly || relation.view ? "value" : "alias", nested: true };
}

function constrained(type: ts.Type): ts.Type {
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? (type.getConstraint() ?? type) : type;
}

function idOf(type: ts.Type): number {
  return (type as ts.Type & { readonly id: number }).id;
}
