import { ts } from "ts-morph";
import {
  alternatives,
  type BaseTest,
  boundAlternatives,
  fitsBase,
  isReference,
  type Leaf,
  leafOf,
} from "../tagging/leaves.ts";
import { isTaggedAlone } from "../tagging/tag.ts";
import { isOfLibrary } from "../types/of-library.ts";
import { idOf, isExpanding, type Trail } from "./expanding.ts";
import { relateArguments, relateElements } from "./pair-containers.ts";
import { relateMembers, relateSignatures } from "./pair-members.ts";
import {
  type Inside,
  opaque,
  type PairedErasure,
  type PairedFlow,
  type Pending,
  type Relation,
  type Step,
  structured,
} from "./pair-step.ts";

type Meeting = Omit<Pending, "way">;

/** What comes of walking two types side by side. */
export interface Pairing {
  readonly flows: readonly PairedFlow[];
  readonly erasures: readonly PairedErasure[];
}

/**
 * ⟦source⟧ ⊆ ⟦target⟧, taken apart: elements and members the same way round, parameters the other way round. A mutable
 * container is an alias: both sides can store into it.
 */
export function pair(source: ts.Type, target: ts.Type, site: ts.Node, test: BaseTest): Pairing {
  const relation: Relation = { channel: "value", enforced: true, nested: false, backward: false, view: false };
  const found = { flows: [] as PairedFlow[], erasures: [] as PairedErasure[] };
  const seen = new Set<string>();
  // Nearest first; a worklist, because generics of generics lead thousands of calls deep.
  const inside: Inside = { from: { path: "" }, to: { path: "" } };
  const pending: (Meeting & Trail & { readonly inside: Inside })[] = [];
  pending.push({ source, target, relation, before: undefined, inside });
  for (const each of pending) {
    const { flows, erasures, next } = stepOf(each, site, test);
    found.flows.push(...flows.map((flow) => ({ ...flow, inside: each.inside })));
    found.erasures.push(...erasures);
    for (const one of next) {
      const key = keyOf(one);
      if (seen.has(key) || seen.size === mostPairs) continue;
      seen.add(key);
      const further = { ...one, before: each, inside: one.way(each.inside) };
      if (!isExpanding(further)) pending.push(further);
    }
  }
  return found;
}

const mostPairs = 2000;

/** The steps taken so far inside of types, which are the same from wherever they are taken. */
const taken = new WeakMap<BaseTest, Map<string, Step>>();

function stepOf(pending: Meeting, site: ts.Node, test: BaseTest): Step {
  if (!pending.relation.nested) return stepFrom(pending, site, test);
  const known = taken.get(test) ?? new Map<string, Step>();
  taken.set(test, known);
  const key = keyOf(pending);
  const step = known.get(key) ?? stepFrom(pending, site, test);
  known.set(key, step);
  return step;
}

function stepFrom(pending: Meeting, site: ts.Node, test: BaseTest): Step {
  const step: Step = { test, site, flows: [], erasures: [], next: [] };
  relateAlternatives(step, pending);
  return step;
}

function keyOf({ source, target, relation }: Meeting): string {
  return `${idOf(source)} ${idOf(target)} ${relation.channel} ${relation.enforced} ${relation.backward} ${relation.view}`;
}

function relateAlternatives(step: Step, { source, target, relation }: Meeting): void {
  const targets = boundAlternatives(target, step.test.checker);
  for (const from of boundAlternatives(source, step.test.checker)) {
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
function withoutOtherBrands({ test }: Step, source: ts.Type, all: readonly ts.Type[]): readonly ts.Type[] {
  if (test.base.kind !== "primitive") return all;
  const targets = all.some(isAnyObject) ? all.filter((to) => leafOf(to, test)?.tags.length !== 0) : all;
  const plain = targets.filter((to) => leafOf(to, test) === undefined || isTaggedAlone(to));
  if (plain.some((to) => test.checker.isTypeAssignableTo(source, to))) return plain;
  return targets.filter((to) => plain.includes(to) || !isPartOf(source, to));
}

// A brand that is no primitive any more needs no plain value beside.
function isAnyObject({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.NonPrimitive) !== 0;
}

function isPartOf(whole: ts.Type, part: ts.Type): boolean {
  return whole.isIntersection() && part.isIntersection() && part.types.every((each) => whole.types.includes(each));
}

function isNominal(type: ts.Type): boolean {
  return type.isClassOrInterface() || isReference(type);
}

function relateOne(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  const from = leafOf(source, step.test);
  const to = leafOf(target, step.test);
  if (from !== undefined && to !== undefined) {
    // `let page = cache.get(key)` has its type from the cache's, but what it was given since may go back into the cache;
    // and what is inferred to be the base as such may be held by two declarations.
    if (source !== target || !relation.nested) step.flows.push({ from, to, ...relation });
    return;
  }
  if (from !== undefined && (target.flags & opaque) !== 0) step.erasures.push({ kind: "erased", leaf: from });
  else if (to !== undefined && (source.flags & opaque) !== 0) step.erasures.push({ kind: "recovered", leaf: to });
  else if (isWritten(to)) relatePlain(step, source, target, to, relation);
  else if (!isWritten(from)) relateInside(step, source, target, relation);
}

// The base as it is declared, which a clause names, has members like any other type.
function isWritten(leaf: Leaf | undefined): leaf is Leaf {
  return leaf !== undefined && leaf.tags.length > 0;
}

// A value of no declared type, such as an object literal, that fits where the base is wanted.
function relatePlain(step: Step, source: ts.Type, target: ts.Type, to: Leaf, relation: Relation): void {
  if (fitsBase(source, target, step.test) || isMadeText(step, relation))
    step.flows.push({ from: { tags: [] }, to, ...relation });
}

// What stands in backquotes is a `T-${number}` where one is wanted, and a string to the checker.
function isMadeText({ site, test }: Step, { nested }: Relation): boolean {
  if (nested || !ts.isTemplateExpression(site)) return false;
  return alternatives(test.type).some(({ flags }) => (flags & ts.TypeFlags.TemplateLiteral) !== 0);
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
