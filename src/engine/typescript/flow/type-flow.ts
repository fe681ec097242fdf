import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { Leaf } from "../tagging/leaves.ts";
import type { TypeFlow } from "./construct.ts";
import { isInside } from "./described.ts";
import { connect, held, stayPlain, writtenOf } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { pair } from "./pair.ts";
import type { PairedFlow } from "./pair-step.ts";

/** Turns ⟦source⟧ ⊆ ⟦target⟧ into edges between positions. */
export function typeFlow(context: FlowContext, construct: string, flow: TypeFlow, found: Found): void {
  if (flow.isPredicate === true) found.edges.push(...predicated(context, flow));
  for (const paired of pair(flow.source, flow.target, flow.site, context.test).flows) {
    const { channel, enforced, nested, from } = paired;
    const to = writtenOf(context, held(context, within(context, flow, paired.to)));
    if (flow.bringing !== undefined && !nested) {
      found.edges.push(...brought(context, construct, flow.bringing, paired, to));
      continue;
    }
    const site = context.positions.siteOf(flow.site);
    const isInferred = flow.carrier !== undefined && from.tags.length === 0 && !nested;
    const sources = isInferred ? [context.positions.inferred(flow.carrier, "")] : writtenOf(context, from);
    for (const edge of connect(sources, to)) {
      found.edges.push({ ...edge, channel, enforced, nested, declared: true, construct, site });
    }
  }
}

// A member of what a library declares is plain, and made there as far as the project knows.
function brought(
  context: FlowContext,
  construct: string,
  { value, member }: NonNullable<TypeFlow["bringing"]>,
  { from: { tags }, channel, enforced }: PairedFlow,
  to: readonly PositionId[],
): readonly FlowEdge[] {
  const from = tags.length > 0 ? writtenOf(context, { tags }) : [context.positions.creation(value)];
  const site = context.positions.siteOf(value);
  return connect(from, to).map((edge) => ({ ...edge, channel, enforced, nested: true, member, construct, site }));
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
