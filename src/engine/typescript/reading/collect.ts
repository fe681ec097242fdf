import { ts } from "ts-morph";
import type { FlowEdge, FlowGraph, PositionId } from "../../graph/graph.ts";
import { constructs } from "../constructs.ts";
import { exitFlow } from "../flow/exit-flow.ts";
import type { FlowContext, Found } from "../flow/flow-context.ts";
import { inferenceFlow } from "../flow/inference-flow.ts";
import { nameFlow } from "../flow/name-flow.ts";
import { typeFlow } from "../flow/type-flow.ts";
import { valueFlow } from "../flow/value-flow.ts";
import { positionPath } from "../positions/position-path.ts";
import { isMember } from "../types/member.ts";
import { besideMember } from "./beside.ts";
import { boundedBy, holdersOf } from "./holders.ts";
import { headOf, partsOf, suiteOf, unitOf } from "./unit.ts";
import { kindsToFollow, type UseKind, useKinds } from "./use-kind.ts";
import { createUseIndex, type NamedDeclaration, type UseIndex } from "./uses.ts";
import { createWiderTypes } from "./wider-types.ts";

/** The flows found, and the units (statements, members of classes) they were found in. */
export interface Reading {
  readonly graph: FlowGraph;
  readonly read: ReadonlySet<ts.Node>;
}

/** Which positions the brand reaches over the edges found so far. */
export type Reach = (graph: FlowGraph) => Iterable<PositionId>;

/**
 * The flows of the part of a project that the brand reaches. Where a reached position stands, and wherever a declaration
 * it belongs to is used, that unit is read, until nothing more is reached. `also` are nodes whose units are read in any
 * case.
 *
 * Shortcomings: two types that meet where neither is named, and one of which wants no member of the other, are not seen
 * from here; what the compiler says of the edits is, and its line is read then.
 */
export function collect(
  context: FlowContext,
  files: readonly ts.SourceFile[],
  start: Iterable<PositionId>,
  also: readonly ts.Node[],
  reach: Reach,
): Reading {
  const index = createUseIndex(files, context.test.checker);
  const widerTypes = createWiderTypes(index, context.test.checker);
  const reader = createReader(context, index);
  for (const node of also) reader.read(unitOf(node));
  const met = new Set<PositionId>();
  for (let ids = [...start]; ids.length > 0; ids = [...reach(reader.graph())].filter((id) => !met.has(id))) {
    for (const id of ids) {
      met.add(id);
      const entry = context.positions.entries.get(id);
      if (entry === undefined) continue;
      for (const node of [entry.node, ...besideMember(entry.node)]) reader.read(unitOf(node));
      for (const named of entry.names) reader.readUses(named, kindsToFollow(entry.node, named.declaration));
      for (const each of [...heirsAt(entry.node), ...widerTypes(entry.node)]) reader.readUses(each, useKinds);
    }
  }
  return { graph: reader.graph(), read: reader.units };
}

function isNew<Item>(known: Set<Item>, item: Item): boolean {
  if (known.has(item)) return false;
  known.add(item);
  return true;
}

interface Reader {
  readonly units: ReadonlySet<ts.Node>;
  read(unit: ts.Node): void;
  readUses(named: NamedDeclaration, kinds: readonly UseKind[]): void;
  graph(): FlowGraph;
}

function createReader(context: FlowContext, index: UseIndex): Reader {
  const found: Found = { edges: [], hazards: [] };
  const units = new Set<ts.Node>();
  const instances = new Set<ts.Node>();
  const followed = { dropped: new Set<ts.Node>(), type: new Set<ts.Node>(), value: new Set<ts.Node>() };
  const kept = new Map<string, FlowEdge>();
  let taken = 0;
  const read = (unit: ts.Node): void => {
    if (units.has(unit)) return;
    units.add(unit);
    readTree(context, unit, found);
    const head = headOf(unit);
    if (head !== undefined) read(head);
  };
  const readInstances = (use: ts.Node): void => {
    const bounded = boundedBy(use).filter(({ declaration }) => !isLocal(declaration) && isNew(instances, declaration));
    const all = bounded.flatMap((named) => useKinds.flatMap((kind) => index.usesOf(named, kind)));
    for (const each of all) read(unitOf(each));
  };
  const readUses = (first: NamedDeclaration, kinds: readonly UseKind[]): void => {
    const queue = kinds.map((kind) => ({ named: first, kind }));
    // The list grows while it is walked.
    for (const { named, kind } of queue) {
      if (isLocal(named.declaration) || !isNew(followed[kind], named.declaration)) continue;
      if (isHeir(named.declaration)) for (const member of named.declaration.members) read(unitOf(member));
      for (const use of index.usesOf(named, kind)) {
        read(unitOf(use));
        readInstances(use);
        for (const next of [...holdersOf(use, context.test.checker), ...heirsAt(use)]) {
          queue.push(...useKinds.map((each) => ({ named: next, kind: each })));
        }
      }
    }
  };
  return {
    units,
    read,
    readUses,
    graph: () => {
      for (; taken < found.edges.length; taken++) keep(kept, found.edges[taken]);
      const positions = new Map([...context.positions.entries].map(([id, entry]) => [id, entry.position]));
      return { positions, edges: [...kept.values()], hazards: found.hazards };
    },
  };
}

// `this.row` in `class Rows extends Store<Page>` is what the clause says, and names neither.
function heirsAt(use: ts.Node): readonly NamedDeclaration[] {
  const clause = ts.findAncestor(use, ts.isHeritageClause);
  return clause === undefined ? [] : positionPath(clause.parent).names;
}

function isHeir(declaration: ts.Node): declaration is ts.ClassLikeDeclaration {
  return ts.isClassLike(declaration) && (declaration.heritageClauses ?? []).length > 0;
}

// What is named inside a function is used inside it, and a function is read as a whole, but for a suite of tests. Members
// leave with their object.
function isLocal(declaration: ts.Node): boolean {
  if (isMember(declaration)) return false;
  if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)) return false;
  return suiteOf(declaration) === undefined && ts.findAncestor(declaration.parent, ts.isFunctionLike) !== undefined;
}

function readTree(context: FlowContext, unit: ts.Node, found: Found): void {
  const visit = (node: ts.Node): void => {
    if (isWord(node)) return;
    for (const construct of constructs) readNode(context, construct, node, found);
    inferenceFlow(context, node, found);
    for (const part of partsOf(node)) visit(part);
  };
  visit(unit);
}

// A name, a literal, a keyword or a sign: half of all nodes, and what any construct looks at is made of several.
function isWord({ kind }: ts.Node): boolean {
  return kind < ts.SyntaxKind.FirstNode;
}

function readNode(context: FlowContext, construct: (typeof constructs)[number], node: ts.Node, found: Found): void {
  for (const flow of construct.flows(node, context.test.checker)) {
    if ("exit" in flow) exitFlow(context, construct.name, flow, found);
    else if ("name" in flow) nameFlow(context, construct.name, flow, found);
    else if ("value" in flow) valueFlow(context, construct.name, flow, found);
    else typeFlow(context, construct.name, flow, found);
  }
}

function keep(kept: Map<string, FlowEdge>, edge: FlowEdge | undefined): void {
  if (edge === undefined) return;
  const key = `${edge.from}\n${edge.to}\n${edge.channel}\n${edge.site.file}\n${edge.site.start}\n${edge.callee?.start}`;
  const before = kept.get(key);
  if (before === undefined || (edge.enforced && !before.enforced)) kept.set(key, edge);
}
