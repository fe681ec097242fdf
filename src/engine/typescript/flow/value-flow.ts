import { ts } from "ts-morph";
import type { FlowEdge, Hazard, PositionId } from "../../graph/graph.ts";
import { isSilenced } from "../syntax/silenced.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives } from "../tagging/leaves.ts";
import { isTaggedAlone } from "../tagging/tag.ts";
import { shareAbsence } from "../types/absence.ts";
import { inheritedMembers } from "../types/inherited.ts";
import { carrierOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { describe } from "./described.ts";
import { connect, givenTo, handed, held, keeperOf, originOf, sources, stayPlain, targets } from "./ends.ts";
import { firstValues } from "./first-values.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { isPutIntoFresh } from "./fresh-container.ts";
import { isInferredBack } from "./inferred-back.ts";
import { mappedAway } from "./mapped-away.ts";
import { narrowedLeaves } from "./narrowed.ts";
import { isOwnInstance } from "./own-instance.ts";
import { pair } from "./pair.ts";
import type { PairedFlow } from "./pair-step.ts";
import { isLiteral } from "./spread.ts";

/** Turns ⟦value⟧ ⊆ ⟦target⟧ into edges between positions. */
export function valueFlow(context: FlowContext, construct: string, flow: ValueFlow, found: Found): void {
  if (flow.isKey === true && context.mode === "distinct" && context.test.base.kind === "primitive") return;
  if (flow.isTest === true && context.mode === "subtype") return;
  found.edges.push(...narrowings(context, flow));
  if (flow.isName === true) return;
  const isWhole = flow.part !== undefined && isLiteral(flow.value);
  for (const value of isWhole ? [flow.value] : valuesOf(flow.value)) {
    const type = flow.part ?? context.test.checker.getTypeAtLocation(value);
    const { flows: all, erasures } = pair(type, flow.target, isWhole ? value.parent : value, context.test);
    const isNarrowed = flow.part === undefined && narrowedLeaves(value, flow, context.test).length > 0;
    const meeting = { context, construct, flow, value, all, isNarrowed };
    for (const each of isWayOut(context, value) ? [] : all) {
      const paired = flow.isAssertion === true ? ofTheWhole(each) : each;
      if (!isLeftOut(meeting, paired)) connectPaired(meeting, paired, found);
    }
    if (isEmptyContainer(value)) continue;
    for (const { kind, leaf } of erasures) {
      for (const position of sources(context, value, leaf, { path: undefined })) {
        found.hazards.push({ kind, position, construct, site: context.positions.siteOf(value) });
      }
    }
  }
}

/** One value of a flow, and all that its type and the target have in common. */
interface Meeting {
  readonly context: FlowContext;
  readonly construct: string;
  readonly flow: ValueFlow;
  readonly value: ts.Expression;
  readonly all: readonly PairedFlow[];
  /** Is the value wanted as a literal? */
  readonly isNarrowed: boolean;
}

function isLeftOut({ context, flow, value }: Meeting, paired: PairedFlow): boolean {
  const { from, to, nested, inside } = paired;
  if (isComparedByItself(context, paired)) return true;
  if (isOfOthers(context, flow, value, paired) || isOwnInstance(value, from, to, context.test)) return true;
  // What is declared inside of the value is not what is put into it here.
  const isHere = nested && from.tags.length > 0 && inside.from.declaration === undefined;
  if (isHere && isPutIntoFresh(value, to, context.test)) return true;
  return comesFromThere(context, flow, value, paired);
}

// A clock that says it is one, `class SystemClock implements Clock`, is made to fit there, wherever it is used as one.
function isComparedByItself({ occurrences, test }: FlowContext, { from, to, inside }: PairedFlow): boolean {
  const { declaration } = inside.from;
  if (from.tags.length > 0 || declaration === undefined || !ts.isPropertyDeclaration(declaration)) return false;
  const wanted = new Set(inheritedMembers(declaration, test.checker).flatMap((member) => member.declarations ?? []));
  return to.tags.some((tag) => {
    return ts.findAncestor(occurrences.tagged(tag), (node) => wanted.has(node as ts.Declaration)) !== undefined;
  });
}

function connectPaired(meeting: Meeting, paired: PairedFlow, found: Found): void {
  const { context, construct, flow, value, all } = meeting;
  if (paired.to.mapped !== true) found.edges.push(...mappedAway(context, value, paired.from));
  const from = paired.backward
    ? handed(context, flow, value, paired)
    : sources(context, value, paired.from, paired.inside.from);
  const isOfLiteral = meeting.isNarrowed && !paired.nested && paired.to.tags.length === 0;
  const to = isOfLiteral ? literalsOf(context, flow) : arrivals(context, flow, paired);
  found.edges.push(...firstValues(context, flow, value, paired));
  const described = describe(context, construct, flow, value, paired);
  const more = {
    ...(paired.nested ? {} : givenTo(context, value)),
    ...(!paired.nested && isOtherBrand(context, flow) ? { refused: true } : {}),
    ...(isOfLiteral ? narrowedBy(flow) : {}),
    ...takenBeside(context, flow, all, paired),
  };
  for (const edge of connect(from, to)) found.edges.push(...described.map((each) => ({ ...edge, ...each, ...more })));
  if (isSilenced(value) || (flow.isStep === true && context.mode === "subtype"))
    found.hazards.push(...to.map((position) => unlookedAt(context, construct, value, position)));
}

// What is asserted answers for all that is inside of it.
function ofTheWhole(paired: PairedFlow): PairedFlow {
  const { from, to } = paired.inside;
  return from.declaration === undefined ? paired : { ...paired, inside: { from: { path: undefined }, to } };
}

// `id as K` with `K extends string` arrives at no place that could be branded instead.
function arrivals(context: FlowContext, flow: ValueFlow, paired: PairedFlow): readonly PositionId[] {
  const isBoundAlone = paired.to.tags.length > 0 && held(context, paired.to).tags.length === 0;
  if (flow.isAssertion !== true || !isBoundAlone) return targets(context, flow, paired);
  return [context.positions.external(flow.value, context.test.checker.typeToString(flow.target))];
}

// `createId() as FileId`, which is a `string & { readonly file: true }`: what two brands are asserted to be is the base,
// and so is what a brand and a type parameter are. Of a choice the compiler refuses only what has no plain branch.
function isOtherBrand({ test }: FlowContext, { value, isAssertion, target }: ValueFlow): boolean {
  if (isAssertion !== true || test.base.kind !== "primitive" || valuesOf(value).length > 1) return false;
  if (shareAbsence(test.checker.getTypeAtLocation(value), target)) return false;
  return alternatives(test.checker.getNonNullableType(target)).every(
    (each) => (each.flags & ts.TypeFlags.TypeParameter) !== 0 || (each.isIntersection() && !isTaggedAlone(each)),
  );
}

// What is wanted as a literal arrives at no place that could be branded; the compiler takes a brand that passes as the base
// to be comparable to one.
function literalsOf({ mode, positions, test }: FlowContext, flow: ValueFlow): readonly PositionId[] {
  if (flow.isAssertion === true && mode === "subtype") return [];
  return [positions.external(flow.value, test.checker.typeToString(flow.target))];
}

// What a union takes as one of its members it needs not be as another one.
function takenBeside(
  context: FlowContext,
  flow: ValueFlow,
  all: readonly PairedFlow[],
  { from, to, nested }: PairedFlow,
): Pick<FlowEdge, "beside"> {
  if (nested || from.tags.length > 0 || to.tags.length === 0) return {};
  const isOther = (other: PairedFlow) =>
    !other.nested && other.from.tags.length === 0 && other.to.tags.join() !== to.tags.join();
  const others = all.filter(isOther).flatMap((other) => targets(context, flow, other));
  return others.length === 0 ? {} : { beside: others };
}

// A test makes a literal of a mixture, and not of a brand alone; what is asserted is one already.
function narrowedBy({ isAssertion }: ValueFlow): Partial<FlowEdge> {
  return isAssertion === true ? { declared: true } : { refused: true, beside: [] };
}

// Whatever arrives behind `// @ts-expect-error` may be of either kind, and what `++` makes of a brand is plain.
function unlookedAt({ positions }: FlowContext, construct: string, value: ts.Node, position: PositionId): Hazard {
  return { kind: "recovered", position, construct, site: positions.siteOf(value) };
}

// What a test makes a literal of is a plain value: the compiler tells no literal in a brand that passes as the base.
function narrowings(context: FlowContext, flow: ValueFlow): readonly FlowEdge[] {
  if (context.mode === "distinct" || context.test.base.kind !== "primitive" || flow.part !== undefined) return [];
  return valuesOf(flow.value).flatMap((value) => {
    const leaves = narrowedLeaves(value, flow, context.test);
    return leaves
      .filter((leaf) => carrierOf(value, leaf, context.test) === undefined)
      .flatMap((leaf) => stayPlain(context, "narrowing", value, leaf));
  });
}

// A literal that goes to where nothing is written or inferred in the project: neither end can ever be branded.
function isOfOthers(context: FlowContext, flow: ValueFlow, value: ts.Expression, paired: PairedFlow): boolean {
  const { from, to, inside } = paired;
  if (from.tags.length > 0 || to.tags.length > 0 || flow.assignee !== undefined) return false;
  const carrier = originOf(value, from, context.test, inside.from);
  return carrier === undefined && keeperOf(context, flow, to, inside.to.path) === undefined;
}

// `pages.reduce((largest, page) => …)` gives back what it was handed.
function comesFromThere({ test }: FlowContext, flow: ValueFlow, value: ts.Expression, paired: PairedFlow): boolean {
  const { from, to, inside } = paired;
  if (paired.nested || from.tags.length === 0 || from.tags.join() !== to.tags.join()) return false;
  return carrierOf(value, from, test, inside.from.path) !== undefined && isInferredBack(flow.value, test.checker);
}

// `id as string as Path`: what a second cast makes something else of is written out as the base for that.
function isWayOut({ mode }: FlowContext, { parent }: ts.Expression): boolean {
  return mode === "subtype" && ts.isAssertionExpression(parent) && ts.isAssertionExpression(parent.parent);
}

// `new Map()` is a `Map<any, any>` to the checker, but nothing can come out of it yet.
function isEmptyContainer(value: ts.Expression): boolean {
  return ts.isNewExpression(value) && (value.arguments ?? []).length === 0;
}
