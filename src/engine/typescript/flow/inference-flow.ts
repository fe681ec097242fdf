import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives, type Leaf, leafOf, type Mention } from "../tagging/leaves.ts";
import type { Tag } from "../tagging/tag.ts";
import { carrierOf, isInferred, mentionsIn } from "./carrier.ts";
import { connect, sources } from "./ends.ts";
import { partsBehind } from "./first-values.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { origins } from "./inferred-origins.ts";

/** The edges into a declaration that has no annotation, from wherever its inferred type comes. */
export function inferenceFlow(context: FlowContext, declaration: ts.Node, found: Found): void {
  if (!isInferred(declaration)) return;
  const all = mentionsIn(declaration, context.test);
  const tags = new Set(all.flatMap(({ leaf }) => leaf.tags));
  ownOrigins(context, declaration, tags, found);
  for (const mention of all) {
    if (mention.leaf.tags.length === 0) {
      found.edges.push(...heldAlike(context, declaration, mention), ...swallowedInside(context, declaration, mention));
      continue;
    }
    const to = context.positions.inferred(declaration, mention.path);
    for (const { from, node, path, isWhole } of origins(context, declaration, mention)) {
      const channel = sharesStorage(declaration, node, path, isWhole) ? "alias" : "value";
      const site = context.positions.siteOf(node);
      const edge = {
        from,
        to,
        channel,
        construct: "inference",
        site,
        enforced: true,
        nested: mention.path !== "",
      } as const;
      const isTaken = node === declaration || isTakenOut(declaration);
      if (from !== to) found.edges.push(isTaken ? { ...edge, declared: true } : edge);
    }
  }
}

// `const [id] = await add()`, `for (const id of ids)`, `ids.map((id) => …)`: what is taken out of something is no value
// that could be cast.
function isTakenOut(declaration: ts.Node): boolean {
  if (ts.isParameter(declaration)) return declaration.initializer === undefined;
  return ts.isBindingElement(declaration) || (ts.isVariableDeclaration(declaration) && isStep(declaration));
}

function isStep(declaration: ts.VariableDeclaration): boolean {
  return ts.isForOfStatement(declaration.parent.parent);
}

// `const same = pages;`, `for (const page of pages)`, where the pages too are what was inferred of plain values.
function heldAlike(context: FlowContext, declaration: ts.Node, { path }: Mention): readonly FlowEdge[] {
  if (!ts.isVariableDeclaration(declaration)) return [];
  const isOne = isStep(declaration);
  if (path === "" && !isOne) return [];
  return originValues(declaration).flatMap((value) => {
    const carrier = carrierOf(value, none, context.test);
    if (carrier === undefined || (isOne ? !isOneStep(carrier.mention.path) : carrier.mention.path !== path)) return [];
    const from = context.positions.inferred(carrier.declaration, carrier.mention.path);
    const channel = isOne ? "value" : "alias";
    const site = context.positions.siteOf(value);
    const to = context.positions.inferred(declaration, path);
    const edge = { from, to, channel, construct: "inference", site, enforced: true, nested: path !== "" } as const;
    return [isOne ? { ...edge, declared: true } : edge];
  });
}

// `["none", createId()]` is a list of strings to the compiler, as long as an id is one.
function swallowedInside(context: FlowContext, declaration: ts.Node, { path }: Mention): readonly FlowEdge[] {
  if (path === "") return [];
  // What an async function returns lies in its promise.
  const returned = isAsync(declaration) ? path.replace(/^\.<0>/, "") : path;
  const parts = originValues(declaration).flatMap((value) =>
    partsBehind(value, returned).filter((each) => each.path === ""),
  );
  const held = parts.flatMap(({ value }) => leavesOf(context, value).map((leaf) => ({ value, leaf })));
  const isBranded = ({ value, leaf }: (typeof held)[number]) =>
    leaf.tags.length > 0 || carrierOf(value, leaf, context.test) !== undefined;
  if (!held.some(isBranded)) return [];
  const to = context.positions.inferred(declaration, path);
  return held.flatMap(({ value, leaf }) => {
    const site = context.positions.siteOf(value);
    const rest = { channel: "value", construct: "inference", site, enforced: true, nested: false } as const;
    return connect(sources(context, value, leaf), [to]).map((edge) => ({ ...edge, ...rest }));
  });
}

function isAsync(declaration: ts.Node): boolean {
  if (!ts.canHaveModifiers(declaration)) return false;
  return ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

// What is stored into `let page = undefined as Page | undefined` has to fit the assertion; what is put into a new
// container goes no way back to where its first elements are from, `types.map((type) => type.name)`.
function sharesStorage(declaration: ts.Node, node: ts.Node, path: string, isWhole: boolean): boolean {
  return (
    (isStoredInto(declaration) && isAssertion(node)) ||
    (path !== "" && !isWhole && !(isNewContainer(node) && isOneStep(path)))
  );
}

function isStoredInto(declaration: ts.Node): boolean {
  return !ts.isFunctionLike(declaration) && !(ts.isVariableDeclaration(declaration) && isConstant(declaration));
}

function isNewContainer(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.typeArguments === undefined;
}

function isOneStep(path: string): boolean {
  return path.lastIndexOf(".") === 0;
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

// `flag ? "none" : createId()`: what comes from no annotation is a part of the inferred type too, and may have swallowed
// what does. A declaration that only holds literals and is never stored into can be branded by nothing but the question.
function ownOrigins(context: FlowContext, declaration: ts.Node, tags: ReadonlySet<Tag>, found: Found): void {
  if (ts.isBindingElement(declaration) || ts.isParameter(declaration)) return;
  const values = originValues(declaration).flatMap(valuesOf);
  const plain = values.filter((value) => leavesOf(context, value).some((leaf) => leaf.tags.length === 0));
  const swallowed = plain.length === 0 ? [] : values.flatMap((value) => swallowedLeaves(context, value, tags));
  const carried = plain.some((value) => carrierOf(value, none, context.test) !== undefined);
  const isAlone = tags.size === 0 && swallowed.length === 0 && !carried;
  if (isAlone && isConstant(declaration) && !context.sources.has(declaration)) return;
  for (const { value, leaf } of [...plain.map((value) => ({ value, leaf: none })), ...swallowed]) {
    const to = context.positions.inferred(declaration, "");
    const site = context.positions.siteOf(value);
    for (const edge of connect(sources(context, value, leaf), [to])) {
      found.edges.push({ ...edge, channel: "value", construct: "inference", site, enforced: true, nested: false });
    }
  }
}

const none: Leaf = { tags: [] };

// `short ? id : id.toUpperCase()` is a string to the compiler, as long as an id is one.
function swallowedLeaves(
  context: FlowContext,
  value: ts.Expression,
  kept: ReadonlySet<Tag>,
): readonly { readonly value: ts.Expression; readonly leaf: Leaf }[] {
  const lost = leavesOf(context, value).filter(({ tags }) => tags.length > 0 && !tags.some((tag) => kept.has(tag)));
  return lost.map((leaf) => ({ value, leaf }));
}

// Of `UserId | "none"`, what a generic function was inferred to give, a part is plain.
function leavesOf({ test }: FlowContext, value: ts.Expression): readonly Leaf[] {
  return alternatives(test.checker.getTypeAtLocation(value)).flatMap((type) => leafOf(type, test) ?? []);
}

function isConstant(declaration: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration)) return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return !ts.isPropertyDeclaration(declaration) && !ts.isFunctionLike(declaration);
}
