import { ts } from "ts-morph";
import type { Channel, FlowEdge } from "../../graph/graph.ts";
import { isOnlyRead } from "../syntax/only-read.ts";
import { patternSlot } from "../syntax/pattern.ts";
import { isSilenced } from "../syntax/silenced.ts";
import type { Leaf } from "../tagging/leaves.ts";
import { carrierOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { isConstraint } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";
import { isPutIntoFresh } from "./fresh-container.ts";
import { functionNames } from "./function-names.ts";
import type { PairedFlow } from "./pair-step.ts";

/** What is said of the edges of a flow, once for each channel and each function that is called. */
export function describe(
  context: FlowContext,
  construct: string,
  flow: ValueFlow,
  value: ts.Expression,
  paired: PairedFlow,
): readonly Omit<FlowEdge, "from" | "to">[] {
  const { nested } = paired;
  const isLooked = flow.unchecked !== true && flow.isTest !== true && !isSilenced(value);
  const enforced = paired.enforced && isLooked && (flow.isStep !== true || context.mode === "distinct");
  const site = context.positions.siteOf(value);
  const name = isAsserted(value) ? "cast" : construct;
  const edges = channelsOf(context, flow, paired).map((channel) => ({
    channel,
    construct: name,
    site,
    enforced,
    nested,
  }));
  const names = calledNames(context, flow, value, paired);
  if (names.length === 0) return edges;
  return names.flatMap((callee) => edges.map((edge) => ({ ...edge, callee: context.positions.siteOf(callee) })));
}

// `{ page } as Bio`: what stands in a literal is asserted with it, and so is what a function gives that is called there.
function isAsserted({ parent }: ts.Node): boolean {
  if (ts.isArrowFunction(parent)) {
    const call = callOf(parent, parent.parent);
    return call !== undefined && isAsserted(call);
  }
  if (ts.isAsExpression(parent)) return !ts.isConstTypeReference(parent.type);
  if (ts.isTypeAssertionExpression(parent)) return true;
  const isLiteral = ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent);
  const isInside = ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent);
  const isBranch =
    ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent) || ts.isNonNullExpression(parent);
  return (isLiteral || isInside || isBranch || ts.isParenthesizedExpression(parent)) && isAsserted(parent);
}

function callOf(callee: ts.Node, parent: ts.Node): ts.CallExpression | undefined {
  if (ts.isParenthesizedExpression(parent)) return callOf(parent, parent.parent);
  return ts.isCallExpression(parent) && parent.expression === callee ? parent : undefined;
}

// A function that is passed on is called somewhere else, with what flows into its parameter there. What lies inside of
// an argument belongs either to such a function or, as the elements of an array do, to the one that is called here.
function calledNames(
  context: FlowContext,
  flow: ValueFlow,
  value: ts.Expression,
  paired: PairedFlow,
): readonly ts.Node[] {
  const tagged = paired.to.tags.map((tag) => ts.findAncestor(context.occurrences.tagged(tag), ts.isFunctionLike));
  const owners = new Set(tagged);
  const called = paired.nested ? [value, flow.callee] : [flow.callee];
  return called.flatMap((each) => (each === undefined ? [] : functionNames(each, owners, context.test.checker)));
}

// A container that is stored brings its content into the storage with it; a bound is no storage.
function channelsOf(context: FlowContext, flow: ValueFlow, paired: PairedFlow): readonly Channel[] {
  const slot = flow.assignee === undefined ? undefined : patternSlot(flow.assignee, paired.inside.to.path);
  // What is taken apart is copied out.
  if (slot?.path === "")
    return [storesInto(context, { ...flow, assignee: slot.assignee }, paired.to) ? "store" : "value"];
  if (!paired.nested && flow.isLookup === true) return ["lookup"];
  const isStored = storesInto(context, flow, paired.to);
  const isFresh = paired.nested && isPutIntoFresh(flow.value, paired.from, context.test);
  if (paired.nested && !isFresh) {
    const channel = isOnlyReadThere(context, paired.to) ? "value" : paired.channel;
    return isStored ? [channel, "store"] : [channel];
  }
  return [isStored ? "store" : "value"];
}

function isOnlyReadThere({ occurrences }: FlowContext, { tags }: Leaf): boolean {
  const parameters = tags.map((tag) => ts.findAncestor(occurrences.tagged(tag), ts.isParameter));
  return parameters.length > 0 && parameters.every((each) => each !== undefined && isOnlyRead(each));
}

function storesInto(context: FlowContext, { assignee, holder, signature, unchecked }: ValueFlow, to: Leaf): boolean {
  if (unchecked === true) return true;
  if (to.tags.length > 0 && to.tags.every((tag) => isConstraint(context.occurrences.tagged(tag)))) return false;
  if (assignee !== undefined) return !isWrittenVariable(context, assignee, to);
  if (to.tags.length === 0) return holder !== undefined;
  if (signature === undefined) return false;
  return to.tags.some((tag) => !isInside(context.occurrences.tagged(tag), signature));
}

function isWrittenVariable(context: FlowContext, assignee: ts.Expression, leaf: Leaf): boolean {
  return ts.isIdentifier(assignee) && carrierOf(assignee, leaf, context.test) === undefined;
}

/** Does a node stand in another one? */
export function isInside(node: ts.Node | undefined, ancestor: ts.Node): boolean {
  return ts.findAncestor(node, (current) => current === ancestor) !== undefined;
}
