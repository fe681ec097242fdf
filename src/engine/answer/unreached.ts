import type { FlowEdge, PositionId, Site } from "../graph/graph.ts";
import { type Adjacency, adjacency } from "../solver/solve.ts";
import type { Solved } from "./changes.ts";

/**
 * Why the brand is not at a position, as far as the flows tell: the nearest place, backward, where it is cut off, or
 * what flows in instead. One sentence, for a position that is not reached.
 */
export function whyNotReached(solved: Solved, position: PositionId): string {
  const edges = adjacency(solved.graph.edges);
  if ((edges.into.get(position) ?? []).length === 0 && recoveryAt(solved, position) === undefined) {
    return "not reached: nothing that was searched flows into it";
  }
  const before = allBefore(edges, position);
  const cut = firstOf(before, (id) => cutAt(solved, edges, id));
  if (cut !== undefined) return `not reached: ${cut}`;
  const origins = before.filter((id) => id !== position && (edges.into.get(id) ?? []).length === 0);
  return `not reached: only plain values flow into it${from(origins)}`;
}

// Breadth-first, so the nearest come first; the array grows while it is walked.
function allBefore(edges: Adjacency, position: PositionId): readonly PositionId[] {
  const all = new Set([position]);
  for (const id of all) for (const edge of edges.into.get(id) ?? []) all.add(edge.from);
  return [...all];
}

function cutAt(solved: Solved, edges: Adjacency, id: PositionId): string | undefined {
  const recovery = recoveryAt(solved, id);
  if (recovery !== undefined) {
    return `${id} gets a value that nothing checks, by ${recovery.construct} at ${placeOf(recovery.site)}`;
  }
  const stopped = (edges.into.get(id) ?? []).find((edge) => solved.solution.demands.has(edge.from));
  return stopped === undefined ? undefined : stopOf(solved, stopped);
}

function stopOf(solved: Solved, { from: source, to, site }: FlowEdge): string {
  const { question, solution } = solved;
  if (question.mixedStops === true && solution.labels.get(source) === "mixed") {
    return `the brand stops at ${source}, which receives plain values too: it goes on to ${to} at ${placeOf(site)}`;
  }
  return `the brand stops at ${to}, ${whatStops(solved, to)}: it comes from ${source} at ${placeOf(site)}`;
}

function whatStops({ graph, question }: Solved, position: PositionId): string {
  if (question.releases.has(position)) return "a plain release";
  const { beyond, primitive } = graph.positions.get(position) ?? {};
  if (primitive === true)
    return "which has to be the plain primitive, for `typeof`, a predicate, a template type or a mapped type";
  return beyond === true ? "declared in a project that does not reference the brand's" : "declared outside the project";
}

function recoveryAt(
  { graph }: Solved,
  id: PositionId,
): { readonly construct: string; readonly site: Site } | undefined {
  return graph.hazards.find(({ kind, position }) => kind === "recovered" && position === id);
}

function from(origins: readonly PositionId[]): string {
  if (origins.length === 0) return ", and they come round to itself";
  const rest = origins.length > 3 ? ` and ${origins.length - 3} more` : "";
  return `, from ${origins.slice(0, 3).join(", ")}${rest}`;
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeOf({ file, line }: Site): string {
  return `${file}:${line}`;
}
