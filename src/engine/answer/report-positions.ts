import type { FlowGraph } from "../graph/graph.ts";
import type { Solution } from "../solver/solve.ts";
import type { ReportedPosition } from "./report.ts";

/** Every reached position, the nearest to a source first. */
export function reportPositions(graph: FlowGraph, solution: Solution): readonly ReportedPosition[] {
  return [...solution.demands.values()].flatMap(({ position, because, depth }) => {
    const found = graph.positions.get(position);
    if (found === undefined) return [];
    const { id, kind, annotation, site, test, owner } = found;
    const label = solution.labels.get(position) ?? "base";
    const cause =
      because === null
        ? null
        : {
            from: because.from,
            construct: because.edge.construct,
            reversed: because.edge.to === because.from,
            file: because.edge.site.file,
            line: because.edge.site.line,
          };
    return [{ id, ...site, kind, annotation, label, depth, because: cause, test, owner: owner ?? null }];
  });
}
