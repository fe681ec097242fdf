import { ts } from "ts-morph";
import type { Channel, FlowEdge, Hazard, PositionId } from "../graph.ts";
import type { Mode } from "../migration.ts";
import { carrierOf, isInferred, mentionsIn } from "./carrier.ts";
import type { ExitFlow, TypeFlow, ValueFlow } from "./construct.ts";
import { isPutIntoFresh } from "./fresh-container.ts";
import { functionNames } from "./function-names.ts";
import { alternatives, type BaseTest, type Leaf, leafOf, type Mention, mentions } from "./leaves.ts";
import { narrowedLeaves } from "./narrowed.ts";
import type { Occurrences } from "./occurrences.ts";
import { originValues } from "./origins.ts";
import { isOwnInstance } from "./own-instance.ts";
import { type PairedFlow, pair } from "./pair.ts";
import type { Positions } from "./positions.ts";
import { isLiteral } from "./spread.ts";
import { valuesOf } from "./values.ts";

/** What the flows of a file need to know. */
export interface FlowContext {
  readonly test: BaseTest;
  readonly mode: Mode;
  readonly positions: Positions;
  readonly occurrences: Occurrences;
  /** The declarations that produce the brand. */
  readonly sources: ReadonlySet<ts.Node>;
}

/** The edges and hazards of one request of a construct. */
export interface Found {
  readonly edges: FlowEdge[];
  readonly hazards: Hazard[];
}

/** Turns ⟦value⟧ ⊆ ⟦target⟧ into edges between positions. */
export function valueFlow(context: FlowContext, construct: string, flow: ValueFlow, found: Found): void {
  if (flow.isKey === true && context.mode === "distinct") return;
  found.edges.push(...narrowings(context, flow));
  if (flow.isName === true) return;
  const isWhole = flow.part !== undefined && isLiteral(flow.value);
  for (const value of isWhole ? [flow.value] : valuesOf(flow.value)) {
    const type = flow.part ?? context.test.checker.getTypeAtLocation(value);
    const { flows, erasures } = pair(type, flow.target, isWhole ? value.parent : value, context.test);
    for (const paired of isWayOut(context, value) ? [] : flows) {
      if (isOfOthers(context, flow, value, paired)) continue;
      if (isOwnInstance(value, paired.from, paired.to, context.test)) continue;
      if (paired.nested && isPutIntoFresh(value, paired.to, context.test)) continue;
      const from = sources(context, value, paired.from);
      const to = targets(context, flow, held(context, paired.to));
      const described = describe(context, construct, flow, value, paired);
      for (const edge of connect(from, to)) found.edges.push(...described.map((each) => ({ ...edge, ...each })));
    }
    if (isEmptyContainer(value)) continue;
    for (const { kind, leaf } of erasures) {
      for (const position of sources(context, value, leaf)) {
        found.hazards.push({ kind, position, construct, site: context.positions.siteOf(value) });
      }
    }
  }
}

// What a test makes a literal of is a plain value: the compiler tells no literal in a brand that passes as the base.
function narrowings(context: FlowContext, flow: ValueFlow): readonly FlowEdge[] {
  if (context.mode === "distinct" || context.test.base.kind !== "primitive" || flow.part !== undefined) return [];
  return valuesOf(flow.value).flatMap((value) => {
    const leaves = narrowedLeaves(value, flow, context.test);
    return leaves
      .filter((leaf) => carrierOf(value, leaf, context.test) === undefined)
      .flatMap((leaf) => stayPlain(context, value, leaf));
  });
}

function stayPlain(context: FlowContext, value: ts.Node, leaf: Leaf): readonly FlowEdge[] {
  const from = context.positions.creation(value);
  return writtenOf(context, leaf).map((to) => {
    const site = context.positions.entries.get(to)?.position.site ?? context.positions.siteOf(value);
    return { from, to, channel: "value", construct: "narrowing", site, enforced: true, nested: false, declared: true };
  });
}

// A literal that goes to where nothing is written or inferred in the project: neither end can ever be branded.
function isOfOthers(context: FlowContext, flow: ValueFlow, value: ts.Expression, { from, to }: PairedFlow): boolean {
  if (from.tags.length > 0 || to.tags.length > 0 || flow.assignee !== undefined) return false;
  return carrierOf(value, from, context.test) === undefined;
}

// `id as string as Path`: what a second cast makes something else of is written out as the base for that.
function isWayOut({ mode }: FlowContext, { parent }: ts.Expression): boolean {
  return mode === "subtype" && ts.isAssertionExpression(parent) && ts.isAssertionExpression(parent.parent);
}

// `new Map()` is a `Map<any, any>` to the checker, but nothing can come out of it yet.
function isEmptyContainer(value: ts.Expression): boolean {
  return ts.isNewExpression(value) && (value.arguments ?? []).length === 0;
}

/** Turns ⟦source⟧ ⊆ ⟦target⟧ into edges between positions. */
export function typeFlow(context: FlowContext, construct: string, flow: TypeFlow, found: Found): void {
  if (flow.isPredicate === true) found.edges.push(...predicated(context, flow));
  for (const paired of pair(flow.source, flow.target, flow.site, context.test).flows) {
    const { channel, enforced, nested, from } = paired;
    const to = writtenOf(context, held(context, within(context, flow, paired.to)));
    if (flow.bringing !== undefined && !nested) {
      found.edges.push(...brought(context, construct, flow.bringing, paired, to));
      continue;
    }
    const site = context.positions.siteOf(flow.site);
    for (const edge of connect(writtenOf(context, from), to)) {
      found.edges.push({ ...edge, channel, enforced, nested, declared: true, construct, site });
    }
  }
}

// A member of what a library declares is plain, and made there as far as the project knows.
function brought(
  context: FlowContext,
  construct: string,
  { value, member }: NonNullable<TypeFlow["bringing"]>,
  { from: { tags }, channel, enforced }: PairedFlow,
  to: readonly PositionId[],
): readonly FlowEdge[] {
  const from = tags.length > 0 ? writtenOf(context, { tags }) : [context.positions.creation(value)];
  const site = context.positions.siteOf(value);
  return connect(from, to).map((edge) => ({ ...edge, channel, enforced, nested: true, member, construct, site }));
}

// `is "pipe"`: what a parameter is said to be has to fit it, which no literal and no other brand does once it is branded.
function predicated(context: FlowContext, { source, target, site }: TypeFlow): readonly FlowEdge[] {
  const back = pair(target, source, site, context.test).flows;
  const plain = back.filter(({ from, nested }) => from.tags.length === 0 && !nested);
  return plain.flatMap(({ to }) => stayPlain(context, site, to));
}

/** Turns a use as the base into edges that leave the project's types; a brand that passes as the base never has to. */
export function exitFlow(context: FlowContext, construct: string, flow: ExitFlow, found: Found): void {
  const { exit, use, enforced, comparedWith } = flow;
  const isAsked = context.test.base.kind === "primitive" || comparedWith !== undefined;
  if (context.mode === "subtype" || !isAsked) return;
  const beside =
    comparedWith === undefined ? undefined : valuesOf(comparedWith).flatMap((value) => holders(context, value));
  if (beside?.length === 0) return;
  for (const value of valuesOf(exit)) {
    const site = context.positions.siteOf(value);
    for (const from of holders(context, value)) {
      const to = context.positions.external(exit, use);
      const edge = { from, to, channel: "value", construct, site, enforced, nested: false } as const;
      found.edges.push(beside === undefined ? edge : { ...edge, beside });
    }
  }
}

export function holders(context: FlowContext, value: ts.Expression): readonly PositionId[] {
  const leaves = alternatives(context.test.checker.getTypeAtLocation(value)).map((type) => leafOf(type, context.test));
  return leaves.flatMap((leaf) => (leaf === undefined ? [] : sources(context, value, leaf)));
}

function within(context: FlowContext, { into }: TypeFlow, { tags }: Leaf): Leaf {
  return { tags: into === undefined ? tags : tags.filter((tag) => isInside(context.occurrences.tagged(tag), into)) };
}

// What a constraint asks for is no more than a bound: a brand that passes as the base meets it as it stands.
function held(context: FlowContext, { tags }: Leaf): Leaf {
  if (context.mode === "distinct") return { tags };
  return { tags: tags.filter((tag) => !isConstraint(context.occurrences.tagged(tag))) };
}

function boundedBy(parent: ts.Node | undefined): ts.TypeNode | undefined {
  if (parent === undefined || !ts.isTypeParameterDeclaration(parent)) return undefined;
  // The keys of `{ [K in string]: Page }` are no bound.
  return ts.isMappedTypeNode(parent.parent) ? undefined : parent.constraint;
}

function isConstraint(node: ts.Node | undefined): boolean {
  return ts.findAncestor(node, (current) => boundedBy(current.parent) === current) !== undefined;
}

/** The edges into a declaration that has no annotation, from wherever its inferred type comes. */
export function inferenceFlow(context: FlowContext, declaration: ts.Node, found: Found): void {
  if (!isInferred(declaration)) return;
  const all = mentionsIn(declaration, context.test);
  plainOrigins(
    context,
    declaration,
    all.some(({ leaf }) => leaf.tags.length > 0),
    found,
  );
  for (const mention of all) {
    if (mention.leaf.tags.length === 0) continue;
    const to = context.positions.inferred(declaration, mention.path);
    for (const { from, node, path } of origins(context, declaration, mention)) {
      const channel = sharesStorage(node, path) ? "alias" : "value";
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
      // `const [id] = await add()`: a name that is taken out of something is no value that could be cast.
      if (from !== to) found.edges.push(node === declaration ? { ...edge, declared: true } : edge);
    }
  }
}

// What is stored into `let page = undefined as Page | undefined` has to fit the assertion; what is put into a new
// container goes no way back to where its first elements are from.
function sharesStorage(node: ts.Node, path: string): boolean {
  return isAssertion(node) || (path !== "" && !(isNewContainer(node) && isOneStep(path)));
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

// `flag ? "none" : createId()`: what comes from no annotation is a part of the inferred type too. A declaration that
// only holds literals and is never stored into can be branded by nothing but the question.
function plainOrigins(context: FlowContext, declaration: ts.Node, tagged: boolean, found: Found): void {
  if (ts.isBindingElement(declaration) || ts.isParameter(declaration)) return;
  const plain = originValues(declaration)
    .flatMap(valuesOf)
    .filter((value) => isUntagged(context, value));
  const none: Leaf = { tags: [] };
  const carried = plain.some((value) => carrierOf(value, none, context.test) !== undefined);
  if (!tagged && !carried && isConstant(declaration) && !context.sources.has(declaration)) return;
  for (const value of plain) {
    const to = context.positions.inferred(declaration, "");
    const site = context.positions.siteOf(value);
    for (const edge of connect(sources(context, value, none), [to])) {
      found.edges.push({ ...edge, channel: "value", construct: "inference", site, enforced: true, nested: false });
    }
  }
}

function isConstant(declaration: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration)) return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return !ts.isPropertyDeclaration(declaration) && !ts.isFunctionLike(declaration);
}

// Of `UserId | "none"`, what a generic function was inferred to give, a part is.
function isUntagged({ test }: FlowContext, value: ts.Expression): boolean {
  return alternatives(test.checker.getTypeAtLocation(value)).some((type) => leafOf(type, test)?.tags.length === 0);
}

function describe(
  context: FlowContext,
  construct: string,
  flow: ValueFlow,
  value: ts.Expression,
  paired: PairedFlow,
): readonly Omit<FlowEdge, "from" | "to">[] {
  const { nested } = paired;
  const enforced = paired.enforced && flow.unchecked !== true;
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
  if (!paired.nested && flow.isLookup === true) return ["lookup"];
  const isStored = storesInto(context, flow, paired.to);
  const isFresh = paired.nested && isPutIntoFresh(flow.value, paired.from, context.test);
  if (paired.nested && !isFresh) return isStored ? [paired.channel, "store"] : [paired.channel];
  return [isStored ? "store" : "value"];
}

function storesInto(context: FlowContext, { assignee, signature, unchecked }: ValueFlow, to: Leaf): boolean {
  if (unchecked === true) return true;
  if (to.tags.length > 0 && to.tags.every((tag) => isConstraint(context.occurrences.tagged(tag)))) return false;
  if (assignee !== undefined) return !isWrittenVariable(context, assignee, to);
  if (signature === undefined) return false;
  return to.tags.some((tag) => !isInside(context.occurrences.tagged(tag), signature));
}

function isWrittenVariable(context: FlowContext, assignee: ts.Expression, leaf: Leaf): boolean {
  return ts.isIdentifier(assignee) && carrierOf(assignee, leaf, context.test) === undefined;
}

function isInside(node: ts.Node | undefined, ancestor: ts.Node): boolean {
  return ts.findAncestor(node, (current) => current === ancestor) !== undefined;
}

function sources(context: FlowContext, value: ts.Expression, leaf: Leaf): readonly PositionId[] {
  const carrier = carrierOf(value, leaf, context.test);
  if (carrier !== undefined) return [context.positions.inferred(carrier.declaration, carrier.mention.path)];
  if (leaf.tags.length > 0) return writtenOf(context, leaf);
  return [context.positions.creation(value)];
}

function targets(context: FlowContext, flow: ValueFlow, leaf: Leaf): readonly PositionId[] {
  const holder = flow.assignee ?? flow.holder;
  const carrier = holder === undefined ? undefined : carrierOf(holder, leaf, context.test);
  if (carrier !== undefined) return [context.positions.inferred(carrier.declaration, carrier.mention.path)];
  if (leaf.tags.length > 0) return writtenOf(context, leaf);
  return flow.callee === undefined ? [] : [context.positions.external(flow.value, lastName(flow.callee))];
}

function lastName(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

function writtenOf(context: FlowContext, leaf: Leaf): readonly PositionId[] {
  return leaf.tags.map((tag) => context.positions.written(tag));
}

function connect(from: readonly PositionId[], to: readonly PositionId[]): readonly Pick<FlowEdge, "from" | "to">[] {
  return from.flatMap((source) =>
    to.filter((target) => target !== source).map((target) => ({ from: source, to: target })),
  );
}

/** Where a part of an inferred type comes from: the position, the node that brings it, and the part's path in that. */
interface Origin {
  readonly from: PositionId;
  readonly node: ts.Node;
  readonly path: string;
}

function origins(context: FlowContext, declaration: ts.Node, { leaf, path }: Mention): readonly Origin[] {
  const found: Origin[] = [];
  for (const part of originValues(declaration).flatMap((value) => elementsBehind(value, path))) {
    const carrier = carrierOf(part.value, leaf, context.test);
    if (carrier !== undefined && carrier.declaration !== declaration) {
      const from = context.positions.inferred(carrier.declaration, carrier.mention.path);
      found.push({ from, node: part.value, path: part.path });
    } else if (isWrittenBehind(context, part.value, { leaf, path: part.path })) {
      for (const from of writtenOf(context, leaf)) found.push({ from, node: part.value, path: part.path });
    }
  }
  if (found.length > 0) return found;
  return writtenOf(context, leaf).map((from) => ({ from, node: declaration, path }));
}

// What a list is made of is looked at one by one: the list is new, and shares nothing with them.
function elementsBehind(value: ts.Expression, path: string): readonly { value: ts.Expression; path: string }[] {
  if (!ts.isArrayLiteralExpression(value)) return valuesOf(value).map((each) => ({ value: each, path }));
  const [step, index] = /^\.\[(\d*)\]/.exec(path) ?? [];
  if (step === undefined) return [];
  const rest = path.slice(step.length);
  const elements = index === "" ? value.elements : value.elements.slice(Number(index), Number(index) + 1);
  return elements.flatMap((element) => {
    if (ts.isSpreadElement(element)) return [{ value: element.expression, path: `.[]${rest}` }];
    return elementsBehind(element, rest);
  });
}

// Does the mention come from this very expression, and at the same place of its type?
function isWrittenBehind(context: FlowContext, value: ts.Expression, mention: Mention): boolean {
  const all = mentions(context.test.checker.getTypeAtLocation(value), context.test);
  return all.some(
    ({ path, leaf }) => path === mention.path && leaf.tags.some((tag) => mention.leaf.tags.includes(tag)),
  );
}
