import { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { Leaf } from "../tagging/leaves.ts";
import type { Bringing, TypeFlow } from "./construct.ts";
import { isInside } from "./described.ts";
import { connect, held, stayPlain, writtenOf } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { keptPrimitive } from "./mapped-away.ts";
import { pair } from "./pair.ts";
import type { PairedFlow } from "./pair-step.ts";

/** Turns ⟦source⟧ ⊆ ⟦target⟧ into edges between positions. */
export function typeFlow(context: FlowContext, construct: string, flow: TypeFlow, found: Found): void {
  if (flow.isMemberTest === true) {
    found.edges.push(...tested(context, flow));
    return;
  }
  if (flow.isPredicate === true) found.edges.push(...predicated(context, flow));
  for (const paired of pair(flow.source, flow.target, flow.site, context.test).flows) {
    const { channel, nested, from } = paired;
    const enforced = paired.enforced || flow.isIdentity === true;
    const leaf = held(context, within(context, flow, paired.to));
    const to = writtenOf(context, leaf);
    if (construct === "constraint" && from.tags.length === 0 && ts.isTypeNode(flow.site))
      found.edges.push(...stayPlain(context, construct, flow.site, leaf));
    if (flow.bringing !== undefined && !nested) {
      found.edges.push(...brought(context, construct, flow.bringing, paired, to));
      continue;
    }
    if (construct === "heritage" && (context.mode === "distinct" || flow.isIdentity === true))
      found.edges.push(...withLibrary(context, flow, paired));
    const site = context.positions.siteOf(flow.site);
    const isInferred = flow.carrier !== undefined && from.tags.length === 0 && !nested;
    const sources = isInferred ? [context.positions.inferred(flow.carrier, "")] : writtenOf(context, from);
    for (const edge of connect(sources, to)) {
      found.edges.push({ ...edge, channel, enforced, nested, declared: true, construct, site });
    }
  }
}

// `class Span implements tracing.Span`: what a library declares stays plain, and a brand that does not pass as the base does
// not fit it, whichever way the value goes.
function withLibrary(
  context: FlowContext,
  { site, carrier, into }: TypeFlow,
  { from, to, channel, nested }: PairedFlow,
): readonly FlowEdge[] {
  if (into !== undefined || from.tags.length + to.tags.length === 0) return [];
  if (from.tags.length === 0 && carrier === undefined) return stayPlain(context, "heritage", site, to);
  if (to.tags.length > 0) return [];
  const own = carrier === undefined ? writtenOf(context, from) : [context.positions.inferred(carrier, "")];
  const outside = context.positions.external(site, site.getText().slice(0, 40));
  const place = context.positions.siteOf(site);
  const described = { channel, enforced: true, nested, declared: true, construct: "heritage", site: place } as const;
  return connect(own, [outside]).map((edge) => ({ ...edge, ...described }));
}

// A member of what a library declares is plain, and made there as far as the project knows.
function brought(
  context: FlowContext,
  construct: string,
  { value, member, isOutside }: Bringing,
  { from: { tags }, channel, enforced }: PairedFlow,
  to: readonly PositionId[],
): readonly FlowEdge[] {
  const from = tags.length > 0 ? writtenOf(context, { tags }) : [context.positions.creation(value)];
  const site = context.positions.siteOf(value);
  const isLeaving = isOutside && to.length === 0 && tags.length > 0;
  const arriving = isLeaving ? [context.positions.external(value, member)] : to;
  return connect(from, arriving).map((edge) => ({ ...edge, channel, enforced, nested: true, member, construct, site }));
}

function tested(context: FlowContext, { source, target, site }: TypeFlow): readonly FlowEdge[] {
  if (context.mode === "subtype" || context.test.base.kind !== "primitive") return [];
  const { flows } = pair(source, target, site, context.test);
  return flows.flatMap(({ from, nested }) => (nested ? [] : keptPrimitive(context, site, from)));
}

// `is "pipe"`: what a parameter is said to be has to fit it, which no literal and no other brand does once it is branded.
function predicated(context: FlowContext, { source, target, site }: TypeFlow): readonly FlowEdge[] {
  const back = pair(target, source, site, context.test).flows;
  const plain = back.filter(({ from, nested }) => from.tags.length === 0 && !nested);
  return plain.flatMap(({ to }) => stayPlain(context, "narrowing", site, to));
}

function within(context: FlowContext, { into }: TypeFlow, { tags }: Leaf): Leaf {
  return { tags: into === undefined ? tags : tags.filter((tag) => isInside(context.occurrences.tagged(tag), into)) };
}
