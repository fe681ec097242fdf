import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import type { Leaf, Mention } from "../tagging/leaves.ts";
import { carrierOf, isInferred, mentionsIn } from "./carrier.ts";
import { startOf } from "./first-values.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { isMadeHere } from "./fresh-container.ts";
import { type Origin, origins } from "./inferred-origins.ts";
import { isStep, iteratedPath } from "./inward.ts";
import { passedFirst } from "./passed-first.ts";
import { isConstant, plainOrigins } from "./plain-origins.ts";

/** The edges into a declaration that has no annotation, from wherever its inferred type comes. */
export function inferenceFlow(context: FlowContext, declaration: ts.Node, found: Found): void {
  found.edges.push(...passedFirst(context, declaration));
  if (!isInferred(declaration)) return;
  const all = mentionsIn(declaration, context.test);
  const untagged = all.filter(({ leaf }) => leaf.tags.length === 0);
  for (const path of new Set(["", ...all.map((mention) => mention.path)])) {
    found.edges.push(...plainOrigins(context, declaration, path, all));
  }
  for (const mention of untagged) {
    found.edges.push(...takenAlike(context, declaration, mention), ...heldAlike(context, declaration, mention));
  }
  for (const mention of all.filter((each) => !untagged.includes(each))) {
    const to = context.positions.inferred(declaration, mention.path);
    for (const origin of origins(context, declaration, mention)) {
      const { from, node } = origin;
      const channel = sharesStorage(declaration, origin, context.test.checker) ? "alias" : "value";
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
  return ts.isBindingElement(declaration) || isStep(declaration);
}

// `const same = pages;`, `for (const page of pages)`, `return pages`, where the pages too are what was inferred of plain
// values.
function heldAlike(context: FlowContext, declaration: ts.Node, { path }: Mention): readonly FlowEdge[] {
  if (ts.isBindingElement(declaration) || ts.isParameter(declaration)) return [];
  const isOne = isStep(declaration);
  if (path === "" && !isOne) return [];
  return originValues(declaration).flatMap((value) => {
    const way = isOne ? iteratedPath(value, path, context.test.checker) : path;
    const carrier = carrierOf(value, none, context.test, way);
    if (carrier === undefined || carrier.declaration === declaration) return [];
    const from = context.positions.inferred(carrier.declaration, carrier.mention.path);
    const nested = path !== "";
    const channel = nested ? "alias" : "value";
    const site = context.positions.siteOf(value);
    const to = context.positions.inferred(declaration, path);
    const rest = {
      construct: "inference",
      site,
      enforced: true,
      nested,
      ...(isOne ? { declared: true } : {}),
    } as const;
    const edge = { from, to, channel, ...rest } as const;
    return nested ? [edge, ...startOf(context, carrier)] : [edge];
  });
}

// A setter that says no type takes what the getter gives.
function takenAlike({ test, positions }: FlowContext, declaration: ts.Node, { path }: Mention): readonly FlowEdge[] {
  const setter = declaration.parent;
  if (!ts.isParameter(declaration) || !ts.isSetAccessor(setter)) return [];
  const getter = test.checker.getSymbolAtLocation(setter.name)?.declarations?.find(ts.isGetAccessor);
  if (getter === undefined) return [];
  const from = positions.inferred(getter, path);
  const to = positions.inferred(declaration, path);
  const site = positions.siteOf(declaration);
  const channel = path === "" ? "value" : "alias";
  return [{ from, to, channel, construct: "inference", site, enforced: true, nested: path !== "", declared: true }];
}

// What is stored into `let page = undefined as Page | undefined` has to fit the assertion.
function sharesStorage(declaration: ts.Node, { node, path, isWhole }: Origin, checker: ts.TypeChecker): boolean {
  if (isStoredInto(declaration) && isAssertion(node)) return true;
  return path !== "" && !isWhole && !isMadeHere(node, path, checker);
}

function isStoredInto(declaration: ts.Node): boolean {
  return !ts.isFunctionLike(declaration) && !(ts.isVariableDeclaration(declaration) && isConstant(declaration));
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

const none: Leaf = { tags: [] };
