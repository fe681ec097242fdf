import type { FlowEdge, FlowGraph, PositionId } from "../graph/graph.ts";
import { type Arc, columnsOf } from "./arcs.ts";
import { minimumCut, type Side } from "./min-cut.ts";
import { adjacency, type Labelling, label, type Question } from "./solve.ts";

/**
 * Which positions have to carry the brand so that it survives from the producers to the sinks: all that lie on a way
 * from one to the other, and further back whatever is cheaper to brand than the casts it saves. Everything else keeps
 * its type, and a plain value that enters is a mint point.
 *
 * Branding a written position costs an edit, an inferred one nothing; a plain value that enters costs a cast. The
 * cheapest choice is a minimum cut: a branded position wants what flows into it branded, too, or cast. Of choices with
 * the same price the one with the fewest branded positions is taken; `alternatives` are the other one's further ones.
 */
export function restrictToSinks(graph: FlowGraph, question: Question, sinks: readonly PositionId[]): Question {
  if (sinks.length === 0) return question;
  const forward = label(graph, { ...question, mixedStops: false, testsMint: false });
  const leading = leadingTo(graph, sinks, forward);
  const carrying = [...forward.demands.keys()].filter((position) => leading.has(position));
  const demanded = new Set([...question.fixed, ...sinks, ...carrying]);
  const { smallest, largest } = cheapestAround(graph, demanded);
  const wanted = new Set([...demanded, ...smallest]);
  return { ...question, fixed: [...wanted], wanted, alternatives: largest.filter((position) => !wanted.has(position)) };
}

// Backward over every flow, stores and aliases included, among the positions that the brand reaches.
function leadingTo(graph: FlowGraph, sinks: readonly PositionId[], forward: Labelling): ReadonlySet<PositionId> {
  const { into, outOf } = adjacency(graph.edges);
  const leading = new Set<PositionId>(sinks);
  for (const position of leading) {
    const before = (into.get(position) ?? []).map((edge) => edge.from);
    const shared = (outOf.get(position) ?? []).filter((edge) => edge.channel === "alias").map((edge) => edge.to);
    for (const next of [...before, ...shared]) if (forward.demands.has(next)) leading.add(next);
  }
  return leading;
}

interface Extremes {
  readonly smallest: readonly PositionId[];
  readonly largest: readonly PositionId[];
}

const endless = Number.POSITIVE_INFINITY;

// The source's side is branded. A cast is one for all that flows from one position at one site.
function cheapestAround(graph: FlowGraph, demanded: ReadonlySet<PositionId>): Extremes {
  const nodes = new Map<string, number>();
  const nodeOf = (name: string): number => nodes.get(name) ?? nodes.set(name, nodes.size).size - 1;
  const [source, sink] = [nodeOf("(branded)"), nodeOf("(plain)")];
  const arcs: Arc[] = [];
  const { into } = adjacency(graph.edges);
  const met = new Set(demanded);
  // The set grows while it is walked.
  for (const position of met) {
    const node = nodeOf(position);
    const isClosed = !into.has(position) && graph.positions.get(position)?.annotation === "inferred";
    // An inferred position that nothing is known to flow into has no place for a cast.
    const capacity = demanded.has(position) ? undefined : isClosed ? endless : priceOf(graph, position);
    arcs.push(
      capacity === undefined ? { from: source, to: node, capacity: endless } : { from: node, to: sink, capacity },
    );
    for (const edge of into.get(position) ?? []) {
      const cast = nodeOf(`${edge.from} ${edge.site.file} ${edge.site.start} ${edge.site.end}`);
      arcs.push({ from: node, to: cast, capacity: endless });
      arcs.push({ from: cast, to: nodeOf(edge.from), capacity: castPriceOf(edge) });
      met.add(edge.from);
    }
  }
  const cut = minimumCut(nodes.size, columnsOf(withoutRepeats(arcs)), source, sink);
  const positionsIn = (side: Side) => [...met].filter((position) => side[nodeOf(position)] === 1);
  return cut.value === endless
    ? { smallest: [], largest: [] }
    : { smallest: positionsIn(cut.smallest()), largest: positionsIn(cut.largest()) };
}

function priceOf(graph: FlowGraph, position: PositionId): number {
  const found = graph.positions.get(position);
  if (found === undefined || found.kind === "creation") return endless;
  switch (found.annotation) {
    case "written":
      return 1;
    case "inferred":
      return 0;
    case "external":
      return endless;
  }
}

// Where two declarations meet there is no expression that could be cast.
function castPriceOf(edge: FlowEdge): number {
  return edge.declared === true ? endless : 1;
}

// The same cast serves every target at its site.
function withoutRepeats(arcs: readonly Arc[]): readonly Arc[] {
  return [...new Map(arcs.map((arc) => [`${arc.from} ${arc.to}`, arc])).values()];
}
