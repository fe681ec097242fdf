import { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import { isTarget, patternSlot } from "../syntax/pattern.ts";
import { valuesOf } from "../syntax/values.ts";
import { type BaseTest, boundAlternatives, type Leaf, leafOf, leavesOf } from "../tagging/leaves.ts";
import { type Carrier, carrierOf, isInferred, mentionOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { elementsAround } from "./elements-behind.ts";
import type { FlowContext } from "./flow-context.ts";
import { givenBefore } from "./given-before.ts";
import type { PairedFlow, Place } from "./pair-step.ts";
import { slotBehind } from "./slot.ts";

/** The positions that a value comes from: what it was declared as, and else itself; `place` is where in it the base is. */
export function sources(context: FlowContext, value: ts.Expression, leaf: Leaf, place: Place): readonly PositionId[] {
  const carrier = originOf(value, leaf, context.test, place);
  if (carrier !== undefined) return [context.positions.inferred(carrier.declaration, carrier.mention.path)];
  const swallowed = place.declaration === undefined ? swallowedBy(context, value, leaf, place.path) : [];
  if (leaf.tags.length > 0) return [...writtenOf(context, leaf), ...swallowed];
  return swallowed.length > 0 ? swallowed : [context.positions.creation(value)];
}

// `[page, { ...page }].sort()`, `["none", createId()][0]`: to the compiler all that is in the list is one type.
function swallowedBy(
  context: FlowContext,
  value: ts.Expression,
  { tags }: Leaf,
  path: string | undefined,
): readonly PositionId[] {
  const elements = elementsAround(value, path, context.test.checker) ?? [];
  return elements.flatMap((element) => {
    const leaves =
      element.path === "" ? leavesOf(context.test.checker.getTypeAtLocation(element.value), context.test) : [];
    const others = leaves.filter((leaf) => !leaf.tags.some((tag) => tags.includes(tag)));
    return others.flatMap((leaf) => sources(context, element.value, leaf, { path: "" }));
  });
}

/**
 * The declaration of no written type that a value's base comes from; of what no annotation says, the nearest one inside
 * of it, and of the member of a literal that member: it holds a copy of what it was made of.
 */
export function originOf(value: ts.Expression, leaf: Leaf, test: BaseTest, place: Place): Carrier | undefined {
  const { declaration, path } = place;
  const isTagged = leaf.tags.length > 0;
  if (declaration === undefined || (isTagged && !isMember(declaration))) return carrierOf(value, leaf, test, path);
  const mention = mentionOf(declaration, leaf, test, path);
  if (mention !== undefined) return { declaration, mention };
  return isTagged ? carrierOf(value, leaf, test, path) : undefined;
}

function isMember(declaration: ts.Node): boolean {
  return ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration);
}

/** The positions that hold a value, or a part of it that has this type. */
export function holders(context: FlowContext, value: ts.Expression, part?: ts.Type): readonly PositionId[] {
  const { checker } = context.test;
  const types = boundAlternatives(part ?? checker.getTypeAtLocation(value), checker);
  const leaves = types.map((type) => leafOf(type, context.test));
  const place = { path: part === undefined ? "" : undefined };
  return leaves.flatMap((leaf) => (leaf === undefined ? [] : sources(context, value, leaf, place)));
}

/** What is known of a value that is given to a variable right before: a brand that passes as the base makes no union. */
export function givenTo(context: FlowContext, value: ts.Expression): Pick<FlowEdge, "given"> {
  const last = context.mode === "distinct" ? givenBefore(value, context.test.checker) : [];
  const given = last.flatMap(valuesOf).flatMap((each) => holders(context, each));
  return given.length === 0 ? {} : { given };
}

/** The positions that a function is called with which is passed on: in `ids.forEach(load)` those of the list. */
export function handed(
  context: FlowContext,
  flow: ValueFlow,
  value: ts.Expression,
  { from, inside }: PairedFlow,
): readonly PositionId[] {
  const holding = heldBy(context, flow, from, inside.from.path);
  return holding === undefined ? sources(context, value, from, inside.from) : [holding];
}

/** The positions that a value arrives at. */
export function targets(context: FlowContext, flow: ValueFlow, { to, inside }: PairedFlow): readonly PositionId[] {
  const leaf = held(context, to);
  const holding = heldBy(context, flow, leaf, inside.to.path);
  if (holding !== undefined) return [holding];
  if (leaf.tags.length > 0) return writtenOf(context, leaf);
  const name = flow.callee === undefined ? (memberName(flow.value) ?? assignedName(flow)) : lastName(flow.callee);
  if (name === undefined) return [];
  return [isOwnGeneric(flow) ? context.positions.open(flow.value, name) : context.positions.external(flow.value, name)];
}

// `same(id, "none")`: what the type parameter stands for is declared nowhere.
function isOwnGeneric({ signature }: ValueFlow): boolean {
  if (signature === undefined || signature.getSourceFile().isDeclarationFile) return false;
  const { parent } = signature;
  return signature.typeParameters !== undefined || (ts.isClassLike(parent) && parent.typeParameters !== undefined);
}

function heldBy(context: FlowContext, flow: ValueFlow, leaf: Leaf, inside: string | undefined): PositionId | undefined {
  const carrier = keeperOf(context, flow, leaf, inside);
  return carrier === undefined ? undefined : context.positions.inferred(carrier.declaration, carrier.mention.path);
}

/** The declaration of no written type that a value is put into: a variable, a member, a list, `function init(id = "") {}`. */
export function keeperOf(
  { test }: FlowContext,
  { assignee, holder, declaration, path = "" }: ValueFlow,
  leaf: Leaf,
  inside: string | undefined,
): Carrier | undefined {
  if (assignee !== undefined) {
    const slot = patternSlot(assignee, inside);
    const own = slot === undefined ? declaredAs(declaration, leaf, test, inside) : undefined;
    const carrier = own ?? carrierOf(slot?.assignee ?? assignee, leaf, test, slot?.path ?? inside);
    // What is assigned does not go to the getter.
    return carrier === undefined || ts.isGetAccessor(carrier.declaration) ? undefined : carrier;
  }
  const way = inside === undefined ? undefined : path + inside;
  const slot =
    way === undefined || holder?.declared === undefined ? way : slotBehind(holder.declared, way, test.checker);
  const carrier = holder === undefined ? undefined : carrierOf(holder.holder, leaf, test, slot);
  return carrier !== undefined || leaf.tags.length > 0 ? carrier : declaredAs(declaration, leaf, test, way);
}

function declaredAs(
  declaration: ts.Declaration | undefined,
  leaf: Leaf,
  test: BaseTest,
  inside: string | undefined,
): Carrier | undefined {
  if (declaration === undefined || !isInferred(declaration)) return undefined;
  if (ts.isFunctionLike(declaration) || isTarget(declaration.parent)) return undefined;
  const mention = mentionOf(declaration, leaf, test, inside);
  return mention === undefined ? undefined : { declaration, mention };
}

// `{ traceId: id }`, `span.traceId = id` and `<Span traceId={id} />`, where the member is declared in a library.
function memberName({ parent }: ts.Expression): string | undefined {
  if (ts.isJsxExpression(parent)) return ts.isJsxAttribute(parent.parent) ? parent.parent.name.getText() : "children";
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return parent.name.getText();
  if (!ts.isBinaryExpression(parent)) return undefined;
  const { left } = parent;
  return ts.isPropertyAccessExpression(left) || ts.isElementAccessExpression(left) ? lastName(left) : undefined;
}

// `[span.traceId] = [id]` and `({ id: span.traceId } = row)`.
function assignedName({ assignee }: ValueFlow): string | undefined {
  if (assignee === undefined) return undefined;
  const isMember = ts.isPropertyAccessExpression(assignee) || ts.isElementAccessExpression(assignee);
  const isPattern = ts.isArrayLiteralExpression(assignee) || ts.isObjectLiteralExpression(assignee);
  return isMember || isPattern ? lastName(assignee) : undefined;
}

function lastName(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

/** The written occurrences behind a leaf. */
export function writtenOf(context: FlowContext, leaf: Leaf): readonly PositionId[] {
  return leaf.tags.map((tag) => context.positions.written(tag));
}

/** The edges by which what is written behind a leaf holds a plain value, too. */
export function stayPlain(context: FlowContext, construct: string, value: ts.Node, leaf: Leaf): readonly FlowEdge[] {
  const from = context.positions.creation(value);
  return writtenOf(context, leaf).map((to) => {
    const site = context.positions.entries.get(to)?.position.site ?? context.positions.siteOf(value);
    return { from, to, channel: "value", construct, site, enforced: true, nested: false, declared: true };
  });
}

/** What a constraint asks for is no more than a bound: a brand that passes as the base meets it as it stands. */
export function held(context: FlowContext, { tags }: Leaf): Leaf {
  if (context.mode === "distinct") return { tags };
  return { tags: tags.filter((tag) => !isConstraint(context.occurrences.tagged(tag))) };
}

function boundedBy(parent: ts.Node | undefined): ts.TypeNode | undefined {
  if (parent === undefined || !ts.isTypeParameterDeclaration(parent)) return undefined;
  // The keys of `{ [K in string]: Page }` are no bound.
  return ts.isMappedTypeNode(parent.parent) ? undefined : parent.constraint;
}

/** Is this the bound of a type parameter? */
export function isConstraint(node: ts.Node | undefined): boolean {
  return ts.findAncestor(node, (current) => boundedBy(current.parent) === current) !== undefined;
}

/** From each to each, but to itself. */
export function connect(
  from: readonly PositionId[],
  to: readonly PositionId[],
): readonly Pick<FlowEdge, "from" | "to">[] {
  return from.flatMap((source) =>
    to.filter((target) => target !== source).map((target) => ({ from: source, to: target })),
  );
}
