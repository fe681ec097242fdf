import type { Edit } from "./edit.ts";
import type { FlowEdge, FlowGraph, PositionId, Site } from "./graph.ts";
import { type ObstacleKind, obstacleText } from "./obstacle.ts";
import type { Obstacle } from "./report.ts";
import type { Solution } from "./solve.ts";

/** Where the brand stops, weakens or is lost sight of, each place once. */
export function findObstacles(
  graph: FlowGraph,
  solution: Solution,
  mixedReleases: readonly FlowEdge[],
  edits: readonly Edit[],
): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (kind: ObstacleKind, position: PositionId, site: Pick<Site, "file" | "line">): void => {
    found.push({ kind, position, file: site.file, line: site.line, message: obstacleText[kind] });
  };
  for (const [position, label] of solution.labels) {
    const site = graph.positions.get(position);
    if (label === "mixed" && site?.annotation === "written") add("mixed", position, site.site);
  }
  for (const edge of mixedReleases) add("mixed-release", edge.from, edge.site);
  for (const edge of solution.exits) add("external-declaration", edge.from, edge.site);
  for (const hazard of graph.hazards) {
    if (solution.demands.has(hazard.position)) add(hazard.kind, hazard.position, hazard.site);
  }
  for (const edit of edits) {
    const site = edit.position === null ? undefined : graph.positions.get(edit.position);
    if (!edit.enforced && edit.kind !== "cast" && site !== undefined) add("unenforced", site.id, site.site);
  }
  return found;
}
