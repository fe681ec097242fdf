import type { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import type { Leaf } from "../tagging/leaves.ts";
import { writtenOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";

/**
 * The edges by which what is written behind a leaf stays plain: `{ readonly [K in keyof T]: Frozen<T[K]> }` of a string is
 * that string, and of a brand an object that is neither.
 */
export function mappedAway(context: FlowContext, value: ts.Expression, leaf: Leaf): readonly FlowEdge[] {
  if (leaf.mapped !== true) return [];
  const to = context.positions.external(value, "mapped type");
  const site = context.positions.siteOf(value);
  return writtenOf(context, leaf).map((from) => {
    return {
      from,
      to,
      channel: "value",
      construct: "mapped-type",
      site,
      enforced: true,
      nested: false,
      declared: true,
    };
  });
}
