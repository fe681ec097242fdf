import { ts } from "ts-morph";
import type { Edit, TextChange } from "../../../edit.ts";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import type { PairedFlow } from "../../flow/pair-step.ts";
import { castIn } from "../../syntax/annotation.ts";
import { isSilenced } from "../../syntax/silenced.ts";
import { valuesOf } from "../../syntax/values.ts";
import { shareAbsence } from "../../types/absence.ts";
import type { Planner } from "../planner.ts";
import { isKnownInside, kindAfter, kindOf, refusedFlows } from "./kinds.ts";
import { expressionAt } from "./node-at.ts";

/** An assertion that stands in the source. */
interface Assertion {
  readonly node: ts.Expression;
  readonly value: ts.Expression;
  readonly type: ts.TypeNode;
}

/**
 * What is asserted in the source goes by way of `unknown`, where the compiler will find that it has too little in common
 * with what it is asserted to be. `cast` are the flows whose values are cast before that.
 */
export function planRefusedAssertions(planner: Planner, cast: readonly FlowEdge[]): readonly Edit[] {
  if (!isKnownInside(planner)) return [];
  const done = new Set(cast.flatMap((edge) => assertionAt(planner, edge)?.node ?? []));
  const edits: Edit[] = [];
  for (const edge of edgesApart(planner)) {
    const assertion = assertionAt(planner, edge);
    if (assertion === undefined || done.has(assertion.node)) continue;
    done.add(assertion.node);
    if (!isSilenced(assertion.node) && isRefused(planner, assertion)) edits.push(editOf(edge, assertion));
  }
  return edits;
}

function edgesApart(planner: Planner): Iterable<FlowEdge> {
  const asserting = planner.collected.graph.edges.filter(
    ({ construct, enforced, from, to }) =>
      construct === "cast" && enforced && kindAfter(planner, from) !== kindAfter(planner, to),
  );
  return new Map(asserting.map((edge) => [siteKey(edge.site), edge])).values();
}

// The value, or the literal, function or choice that it is a part of, stands asserted.
function assertionAt({ sourceOf }: Planner, { construct, site }: FlowEdge): Assertion | undefined {
  const file = construct === "cast" ? sourceOf.get(site.file) : undefined;
  const value = file === undefined ? undefined : expressionAt(file, site);
  return value === undefined ? undefined : assertionAround(value);
}

function assertionAround(value: ts.Node): Assertion | undefined {
  const { parent } = value;
  if (ts.isStatement(parent)) return undefined;
  if (ts.isAssertionExpression(parent)) return { node: parent, value: parent.expression, type: parent.type };
  const type = castIn(parent);
  if (type !== undefined && ts.isParenthesizedExpression(parent))
    return { node: parent, value: parent.expression, type };
  return assertionAround(parent);
}

// A choice passes as what any of its branches passes as.
function isRefused(planner: Planner, { value, type }: Assertion): boolean {
  const wanted = planner.checker.getTypeFromTypeNode(type);
  const branches = valuesOf(value);
  return (branches.length > 0 ? branches : [value]).every((branch) => {
    const given = planner.checker.getWidenedType(planner.checker.getTypeAtLocation(branch));
    return isApart(planner, given, wanted, type);
  });
}

// The compiler wants one of the two to be comparable to the other, which is asked as far as it is assignable.
function isApart(planner: Planner, given: ts.Type, wanted: ts.Type, at: ts.Node): boolean {
  if (shareAbsence(given, wanted)) return false;
  const ways = [
    [given, wanted],
    [wanted, given],
  ] as const;
  const fitting = ways.filter(([from, to]) => planner.checker.isTypeAssignableTo(from, to));
  return (fitting.length > 0 ? fitting : ways).every(([from, to]) =>
    refusedFlows(planner, from, to, at).some((flow) => isOfOneKind(planner, flow)),
  );
}

// A union is comparable to each of its members.
function isOfOneKind(planner: Planner, { from }: PairedFlow): boolean {
  return kindOf(planner, from) !== "either";
}

function editOf({ site, to: position }: FlowEdge, assertion: Assertion): Edit {
  const reason = "has too little in common with what it is asserted to be";
  const change = throughUnknown(assertion);
  return { file: site.file, ...change, position, kind: "cast", class: "boundary", reason, enforced: true, test: false };
}

function throughUnknown({ node, value }: Assertion): TextChange {
  const start = value.getStart();
  const { end } = value;
  if (ts.isAsExpression(node)) return { start: end, end, text: " as unknown" };
  if (ts.isTypeAssertionExpression(node)) return { start, end: start, text: "<unknown>" };
  return { start, end, text: `/** @type {unknown} */ (${value.getText()})` };
}
