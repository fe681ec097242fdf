import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { type Leaf, leavesOf, type Mention } from "../tagging/leaves.ts";
import { carrierOf } from "./carrier.ts";
import { elementsBehind, type Part } from "./elements-behind.ts";
import { connect, sources } from "./ends.ts";
import { partsBehind } from "./first-values.ts";
import type { FlowContext } from "./flow-context.ts";
import { parameterOf } from "./holder.ts";
import { isStep, iteratedPath } from "./inward.ts";
import { slotBehind } from "./slot.ts";

interface Held {
  readonly value: ts.Expression;
  readonly leaf: Leaf;
}

/**
 * The edges into a place of an inferred type from what comes from no annotation, and from what that has swallowed: both
 * `flag ? "none" : createId()` and what is in `["none", createId()]` are strings to the compiler, as long as an id is one.
 * What only holds literals and is never stored into can be branded by nothing but the question.
 */
export function plainOrigins(
  context: FlowContext,
  declaration: ts.Node,
  path: string,
  all: readonly Mention[],
): readonly FlowEdge[] {
  if (path === "" && ts.isBindingElement(declaration)) return [];
  const kept = new Set(all.filter((mention) => mention.path === path).flatMap(({ leaf }) => leaf.tags));
  const returned = isAsync(declaration) ? insidePromise(path) : path;
  if (returned === undefined) return [];
  const parts = originValues(declaration).flatMap((value) => partsFor(context, declaration, value, returned));
  const whole = parts.filter((part) => part.path === "").flatMap(({ value }) => heldBy(context, value));
  const held = whole.filter(({ leaf }) => !leaf.tags.some((tag) => kept.has(tag)));
  if (!held.some(isPlain)) return [];
  const isMixed = kept.size > 0 || held.some((each) => !isPlain(each) || isCarried(context, each));
  const isOpen = path === "" && all.length > 0 && (!isConstant(declaration) || context.sources.has(declaration));
  if (!isMixed && !isOpen) return [];
  const to = context.positions.inferred(declaration, path);
  return held.flatMap(({ value, leaf }) => {
    const site = context.positions.siteOf(value);
    const rest = { channel: "value", construct: "inference", site, enforced: true, nested: false } as const;
    return connect(sources(context, value, leaf, { path: "" }), [to]).map((edge) => ({ ...edge, ...rest }));
  });
}

// What a loop or a callback is given, one by one, is inside of the list that it is taken out of.
function partsFor(
  { test: { checker } }: FlowContext,
  declaration: ts.Node,
  value: ts.Expression,
  path: string,
): readonly Part[] {
  const isHanded = ts.isParameter(declaration) && declaration.initializer === undefined;
  if (!isHanded && !isStep(declaration)) return partsBehind(value, path, checker);
  const way = isHanded ? handedPath(declaration, path, checker) : iteratedPath(value, path, checker);
  return way === undefined ? [] : elementsBehind(value, way, checker);
}

// Where in what a method is called on what its callback is called with lies.
function handedPath(parameter: ts.ParameterDeclaration, path: string, checker: ts.TypeChecker): string | undefined {
  const { parent: callback } = parameter;
  const call = callback.parent;
  if (!ts.isCallExpression(call) || !ts.isExpression(callback)) return undefined;
  const declared = parameterOf(call, callback, checker.getResolvedSignature(call)?.getDeclaration())?.type;
  if (declared === undefined || !ts.isFunctionTypeNode(declared)) return undefined;
  const type = declared.parameters[callback.parameters.indexOf(parameter)]?.type;
  return type === undefined ? undefined : slotBehind(type, path, checker);
}

// What an async function returns lies in its promise.
function insidePromise(path: string): string | undefined {
  return path.startsWith(".<0>") ? path.slice(".<0>".length) : undefined;
}

function isAsync(declaration: ts.Node): boolean {
  if (!ts.canHaveModifiers(declaration)) return false;
  return ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

// Of `UserId | "none"`, what a generic function was inferred to give, a part is plain.
function heldBy({ test }: FlowContext, value: ts.Expression): readonly Held[] {
  return leavesOf(test.checker.getTypeAtLocation(value), test).map((leaf) => ({ value, leaf }));
}

function isPlain({ leaf }: Held): boolean {
  return leaf.tags.length === 0;
}

function isCarried({ test }: FlowContext, { value, leaf }: Held): boolean {
  return carrierOf(value, leaf, test, "") !== undefined;
}

/** Is nothing stored into the declaration once it is made? */
export function isConstant(declaration: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration)) return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return !ts.isPropertyDeclaration(declaration) && !ts.isFunctionLike(declaration);
}
