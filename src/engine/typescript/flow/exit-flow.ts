import type { ts } from "ts-morph";
import type { PositionId } from "../../graph/graph.ts";
import { valuesOf } from "../syntax/values.ts";
import { boundAlternatives, leafOf } from "../tagging/leaves.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import type { ExitFlow } from "./construct.ts";
import { sources } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";

/** Turns a use as the base into edges that leave the project's types; a brand that passes as the base never has to. */
export function exitFlow(context: FlowContext, construct: string, flow: ExitFlow, found: Found): void {
  const { exit, use, enforced, comparedWith, isOrder } = flow;
  const isAsked = context.test.base.kind === "primitive" || comparedWith !== undefined;
  if (context.mode === "subtype" || !isAsked) return;
  const beside =
    comparedWith === undefined ? undefined : valuesOf(comparedWith).flatMap((value) => holders(context, value));
  if (beside?.length === 0) return;
  const ordered = isOrder === true && isNumeric(context.test.base) ? { ordered: true } : {};
  for (const value of valuesOf(exit)) {
    const site = context.positions.siteOf(value);
    for (const from of holders(context, value)) {
      const to = context.positions.external(exit, use);
      const edge = { from, to, channel: "value", construct, site, enforced, nested: false } as const;
      found.edges.push(beside === undefined ? edge : { ...edge, beside, ...ordered });
    }
  }
}

function isNumeric({ kind, name }: BaseType): boolean {
  return kind === "primitive" && (name === "number" || name === "bigint");
}

/** The positions that hold a value. */
export function holders(context: FlowContext, value: ts.Expression): readonly PositionId[] {
  const { checker } = context.test;
  const types = boundAlternatives(checker.getTypeAtLocation(value), checker);
  const leaves = types.map((type) => leafOf(type, context.test));
  return leaves.flatMap((leaf) => (leaf === undefined ? [] : sources(context, value, leaf)));
}
