import { ts } from "ts-morph";
import { branchesOf, valuesOf } from "../syntax/values.ts";
import { alternatives } from "../tagging/leaves.ts";
import { connectPaired } from "./connect-paired.ts";
import type { ValueFlow } from "./construct.ts";
import { sources } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { isLeftOut } from "./left-out.ts";
import { narrowedLeaves, narrowings } from "./narrowed.ts";
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
  for (const value of isWhole ? [flow.value] : valuesIn(context, flow.value)) {
    const type = flow.part ?? context.test.checker.getTypeAtLocation(value);
    const { flows, erasures } = pair(type, flow.target, isWhole ? value.parent : value, context.test);
    // The elements of a list flow on their own.
    const all = isWhole || !ts.isArrayLiteralExpression(value) ? flows : flows.filter(({ nested }) => !nested);
    const isNarrowed = flow.part === undefined && narrowedLeaves(value, flow, context.test).length > 0;
    const meeting = { context, construct, flow, value, all, isNarrowed };
    for (const each of all) {
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

// Where the base is a list itself, what stands in brackets is one.
function valuesIn({ test }: FlowContext, value: ts.Expression): readonly ts.Expression[] {
  const isList = (type: ts.Type) => test.checker.isArrayType(type) || test.checker.isTupleType(type);
  return alternatives(test.type).some(isList) ? branchesOf(value) : valuesOf(value);
}

// What is asserted answers for all that is inside of it.
function ofTheWhole(paired: PairedFlow): PairedFlow {
  const { from, to } = paired.inside;
  return from.declaration === undefined ? paired : { ...paired, inside: { from: { path: undefined }, to } };
}

// `new Map()` is a `Map<any, any>` to the checker, but nothing can come out of it yet.
function isEmptyContainer(value: ts.Expression): boolean {
  return ts.isNewExpression(value) && (value.arguments ?? []).length === 0;
}
