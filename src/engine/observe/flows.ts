import type { FlowEdge, FlowGraph, PositionId } from "../graph/graph.ts";
import { adjacency } from "../solver/solve.ts";
import type { Answer } from "./compare.ts";
import type { Place, Point, Sightings } from "./point.ts";

/** How the flows that were seen, from one position to another, compare with those that the engine found. */
export interface FlowComparison {
  /** Seen, and the engine has no such flow. */
  readonly unfound: readonly string[];
  /** The engine's flows between positions that a followed value can reach, each by its two ends. */
  readonly found: ReadonlySet<string>;
  /** Those of them that were never seen. */
  readonly unobserved: readonly string[];
  /** Those never seen at whose beginning a followed value was: where the run stops short of what is found. */
  readonly untaken: readonly string[];
}

/** Compares the flows seen with the graph's. */
export function compareFlows(
  { table, collected: { graph, question }, beyond }: Answer,
  found: ReadonlySet<PositionId>,
  sightings: readonly Sightings[],
  isObserved: (position: PositionId) => boolean,
): FlowComparison {
  const observed = observeFlows(table.points, sightings);
  const match = flowMatcher(graph);
  const matchBeyond = flowMatcher(beyond.graph);
  const matched = new Map([...observed].map(([name, { from, place }]) => [name, match(from, place.position)]));
  const seen = new Set(matched.values());
  const edges = graph.edges.filter((edge) => isBetween(edge, found) && !question.releases.has(edge.from));
  const names = new Set(edges.map(({ from, to }) => nameOf(from, to)));
  // Through a name of the same storage the brand also comes the other way.
  const isAtBegin = ({ from, to, channel }: FlowEdge) => isObserved(from) || (channel === "alias" && isObserved(to));
  const begun = new Set(edges.filter(isAtBegin).map(({ from, to }) => nameOf(from, to)));
  return {
    unfound: [...observed].flatMap(([name, { from, place }]) => {
      const isKnown = matched.get(name) !== undefined || matchBeyond(from, place.position) !== undefined;
      return isKnown ? [] : [`${name} at ${place.file}:${place.line}`];
    }),
    found: names,
    unobserved: [...names].filter((name) => !seen.has(name)),
    untaken: [...begun].filter((name) => !seen.has(name)),
  };
}

interface ObservedFlow {
  readonly from: PositionId;
  readonly place: Place;
}

function observeFlows(points: readonly Point[], sightings: readonly Sightings[]): ReadonlyMap<string, ObservedFlow> {
  const flows = new Map<string, ObservedFlow>();
  const note = (from: PositionId, place: Place) => flows.set(nameOf(from, place.position), { from, place });
  const places = points.flatMap((point) => point.places);
  const pinned = new Set(sightings.flatMap((each) => each.pinned.flatMap((index) => places[index] ?? [])));
  for (const place of pinned) for (const from of place.from) note(from, place);
  for (const [giver, taker] of sightings.flatMap((each) => each.handed)) {
    for (const to of points[taker]?.places ?? []) {
      const from = points[giver]?.places.filter(({ path, position }) => path === to.path && position !== to.position);
      if (pinned.has(to)) for (const { position } of from ?? []) note(position, to);
    }
  }
  return flows;
}

// The engine's flow that a seen one is. What an inferred position holds may be said of what it is inferred from.
function flowMatcher(graph: FlowGraph): (from: PositionId, to: PositionId) => string | undefined {
  const { into } = adjacency(graph.edges);
  const before = (position: PositionId) => (into.get(position) ?? []).map(({ from }) => from);
  return (from, to) => {
    const met = new Set([from]);
    for (const each of met) {
      if (before(to).includes(each)) return nameOf(each, to);
      if (graph.positions.get(each)?.annotation === "inferred") for (const position of before(each)) met.add(position);
    }
    return undefined;
  };
}

// What is only compared or looked up does not travel.
function isBetween({ from, to, channel, beside }: FlowEdge, found: ReadonlySet<PositionId>): boolean {
  return channel !== "lookup" && beside === undefined && found.has(from) && found.has(to);
}

function nameOf(from: PositionId, to: PositionId): string {
  return `${from} -> ${to}`;
}
