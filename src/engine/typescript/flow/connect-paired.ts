import { ts } from "ts-morph";
import type { FlowEdge, Hazard, PositionId } from "../../graph/graph.ts";
import { isSilenced } from "../syntax/silenced.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives } from "../tagging/leaves.ts";
import { isTaggedAlone } from "../tagging/tag.ts";
import { shareAbsence } from "../types/absence.ts";
import type { ValueFlow } from "./construct.ts";
import { describe } from "./described.ts";
import { connect, givenTo, handed, held, sources, targets } from "./ends.ts";
import { firstValues } from "./first-values.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { mappedAway } from "./mapped-away.ts";
import type { Meeting } from "./meeting.ts";
import type { PairedFlow } from "./pair-step.ts";

/** The edges from where a value comes from to where it arrives, and what the compiler overlooks there. */
export function connectPaired(meeting: Meeting, paired: PairedFlow, found: Found): void {
  const { context, construct, flow, value, all } = meeting;
  if (paired.to.mapped !== true) found.edges.push(...mappedAway(context, value, paired.from, paired.enforced));
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
