import type { FlowEdge } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { type Leaf, mentions } from "../tagging/leaves.ts";
import { carrierOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { connect, sources } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";
import { elementsBehind } from "./inferred-origins.ts";

/** ⟦first value⟧ ⊆ ⟦place⟧, where what is stored into was inferred from plain values: `["a"]`, `{ title: "" }`, `text.split()`. */
export function firstValues(context: FlowContext, { assignee, holder }: ValueFlow, leaf: Leaf): readonly FlowEdge[] {
  const place = assignee ?? holder;
  const carrier = place === undefined ? undefined : carrierOf(place, leaf, context.test);
  if (carrier === undefined) return [];
  const { declaration, mention } = carrier;
  const to = context.positions.inferred(declaration, mention.path);
  const parts = originValues(declaration).flatMap((value) => elementsBehind(value, mention.path));
  return parts.flatMap(({ value, path }) => {
    const held = mentions(context.test.checker.getTypeAtLocation(value), context.test);
    const first = held.find((each) => each.path === path && each.leaf.tags.length === 0);
    if (first === undefined) return [];
    const site = context.positions.siteOf(value);
    const channel = path === "" ? "value" : "alias";
    const rest = { channel, construct: "inference", site, enforced: true, nested: mention.path !== "" } as const;
    return connect(sources(context, value, first.leaf), [to]).map((edge) => ({ ...edge, ...rest }));
  });
}
