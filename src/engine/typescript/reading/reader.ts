import { ts } from "ts-morph";
import type { FlowEdge, FlowGraph } from "../../graph/graph.ts";
import { constructs } from "../constructs.ts";
import { exitFlow } from "../flow/exit-flow.ts";
import type { FlowContext, Found } from "../flow/flow-context.ts";
import { inferenceFlow } from "../flow/inference-flow.ts";
import { nameFlow } from "../flow/name-flow.ts";
import { typeFlow } from "../flow/type-flow.ts";
import { valueFlow } from "../flow/value-flow.ts";
import { headOf, partsOf } from "./unit.ts";

/** Reads units, each of them once. */
export interface Reader {
  /** What was read. */
  readonly units: ReadonlySet<ts.Node>;
  read(unit: ts.Node): void;
  /** The flows of all that was read. */
  graph(): FlowGraph;
}

/** A reader that has read nothing. */
export function createReader(context: FlowContext): Reader {
  const found: Found = { edges: [], hazards: [] };
  const units = new Set<ts.Node>();
  const kept = new Map<string, FlowEdge>();
  let taken = 0;
  const read = (unit: ts.Node): void => {
    if (units.has(unit)) return;
    units.add(unit);
    readTree(context, unit, found);
    const head = headOf(unit);
    if (head !== undefined) read(head);
  };
  return {
    units,
    read,
    graph: () => {
      for (; taken < found.edges.length; taken++) keep(kept, found.edges[taken]);
      const positions = new Map([...context.positions.entries].map(([id, entry]) => [id, entry.position]));
      return { positions, edges: [...kept.values()], hazards: found.hazards };
    },
  };
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
  const isFirst = edge.construct === "inference";
  const ends = `${edge.from}\n${edge.to}\n${edge.channel}\n${isFirst}`;
  const key = `${ends}\n${edge.site.file}\n${edge.site.start}\n${edge.callee?.start}`;
  const before = kept.get(key);
  if (before === undefined || (edge.enforced && !before.enforced)) kept.set(key, edge);
}
