import { ts } from "ts-morph";
import type { FlowEdge, FlowGraph, PositionId } from "../graph.ts";
import { constructs } from "./constructs.ts";
import { derivedNamesIn } from "./derived-names.ts";
import { type FlowContext, type Found, inferenceFlow, typeFlow, valueFlow } from "./flows.ts";
import { createNames } from "./hot-names.ts";
import { mentionsName } from "./occurrences.ts";
import { renamesIn } from "./renames.ts";

/** The flows found, and the files they were found in. */
export interface Reading {
  readonly graph: FlowGraph;
  readonly read: ReadonlySet<ts.SourceFile>;
}

/** Which positions the brand reaches over the edges found so far. */
export type Reach = (graph: FlowGraph) => Iterable<PositionId>;

/**
 * The flows of the part of a project that the brand reaches: a file is read when it mentions a name by which a reached
 * position can be met, and then as a whole, until no reached name leads to a file that was not read. `also` are files
 * to read in any case.
 */
export function collect(
  context: FlowContext,
  files: readonly ts.SourceFile[],
  names: Iterable<string>,
  also: ReadonlySet<ts.SourceFile>,
  reach: Reach,
): Reading {
  const found: Found = { edges: [], hazards: [] };
  const unread = new Set(files);
  const hot = createNames(files, context.test.checker);
  for (const name of names) hot.add(name);

  for (;;) {
    const next = [...unread].filter((file) => also.has(file) || [...hot.all].some((name) => mentionsName(file, name)));
    if (next.length === 0) {
      return { graph: graphOf(context, found), read: new Set(files.filter((file) => !unread.has(file))) };
    }
    for (const file of next) {
      unread.delete(file);
      readFile(context, file, found);
      hot.learn(renamesIn(file));
      hot.learn(derivedNamesIn(file));
    }
    for (const position of reach(graphOf(context, found))) {
      for (const name of context.positions.entries.get(position)?.names ?? []) hot.add(name);
    }
  }
}

function graphOf(context: FlowContext, found: Found): FlowGraph {
  const positions = new Map([...context.positions.entries].map(([id, entry]) => [id, entry.position]));
  return { positions, edges: withoutRepeats(found.edges), hazards: found.hazards };
}

function readFile(context: FlowContext, file: ts.SourceFile, found: Found): void {
  const visit = (node: ts.Node): void => {
    for (const construct of constructs) readNode(context, construct, node, found);
    inferenceFlow(context, node, found);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
}

function readNode(context: FlowContext, construct: (typeof constructs)[number], node: ts.Node, found: Found): void {
  for (const flow of construct.flows(node, context.test.checker)) {
    if ("value" in flow) valueFlow(context, construct.name, flow, found);
    else typeFlow(context, construct.name, flow, found);
  }
}

function withoutRepeats(edges: readonly FlowEdge[]): readonly FlowEdge[] {
  const kept = new Map<string, FlowEdge>();
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}\n${edge.channel}\n${edge.site.file}\n${edge.site.start}\n${edge.callee?.start}`;
    const before = kept.get(key);
    if (before === undefined || (edge.enforced && !before.enforced)) kept.set(key, edge);
  }
  return [...kept.values()];
}
