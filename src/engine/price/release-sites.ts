import { calleeOf, type FlowEdge, type FlowGraph, type Site, siteKey } from "../graph/graph.ts";

/** A call of a plain release that the brand reaches: where its name stands, and every flow into it. */
export interface ReleaseSite {
  readonly callee: Site;
  readonly flows: readonly FlowEdge[];
}

/** The calls among `releases`, each with all that flows into the same parameters there, plain values too. */
export function releaseSites(graph: FlowGraph, releases: readonly FlowEdge[]): readonly ReleaseSite[] {
  const reached = new Map(releases.map((edge) => [siteKey(calleeOf(edge)), calleeOf(edge)]));
  const parameters = new Set(releases.map(({ to }) => to));
  const flows = new Map<string, FlowEdge[]>();
  for (const edge of graph.edges) {
    if (!parameters.has(edge.to)) continue;
    const key = siteKey(calleeOf(edge));
    flows.set(key, [...(flows.get(key) ?? []), edge]);
  }
  return [...reached].map(([key, callee]) => ({ callee, flows: flows.get(key) ?? [] }));
}
