import type { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import type { Leaf } from "../tagging/leaves.ts";
import { writtenOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";

/**
 * The edges by which what is written behind a leaf stays plain: `{ readonly [K in keyof T]: Frozen<T[K]> }` of a string is
 * that string, and of a brand an object that is neither. What is branded by definition is `refused` where it is used.
 */
export function mappedAway(
  context: FlowContext,
  value: ts.Expression,
  leaf: Leaf,
  refused: boolean,
): readonly FlowEdge[] {
  if (leaf.mapped !== true) return [];
  return keptPrimitive(context, value, leaf).map((edge) => (refused ? { ...edge, refused } : edge));
}

/** The edges by which what is written behind a leaf stays the primitive that it is, for a type that is made of that. */
export function keptPrimitive(context: FlowContext, at: ts.Node, leaf: Leaf): readonly FlowEdge[] {
  const to = context.positions.external(at, "mapped type");
  const site = context.positions.siteOf(at);
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
