import type { FlowEdge, FlowGraph, Site } from "../graph.ts";

/** A call of a plain release that the brand reaches: where its name stands, and every flow into it. */
export interface ReleaseSite {
  readonly callee: Site;
  readonly flows: readonly FlowEdge[];
}

/** The calls among `releases`, each with all that flows into the same parameters there, plain values too. */
export function releaseSites(graph: FlowGraph, releases: readonly FlowEdge[]): readonly ReleaseSite[] {
  const reached = new Map(releases.map((edge) => [keyOf(calleeOf(edge)), calleeOf(edge)]));
  const parameters = new Set(releases.map(({ to }) => to));
  const flows = new Map<string, FlowEdge[]>();
  for (const edge of graph.edges) {
    if (!parameters.has(edge.to)) continue;
    const key = keyOf(calleeOf(edge));
    flows.set(key, [...(flows.get(key) ?? []), edge]);
  }
  return [...reached].map(([key, callee]) => ({ callee, flows: flows.get(key) ?? [] }));
}

/** The reference to the function that is called there, which a conversion would rename. */
export function calleeOf(edge: FlowEdge): Site {
  return edge.callee ?? edge.site;
}

/** Equal for the same range of the same file. */
export function keyOf({ file, start, end }: Pick<Site, "file" | "start" | "end">): string {
  return `${file} ${start} ${end}`;
}
