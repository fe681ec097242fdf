import type { Edit } from "../edit.ts";
import type { FlowEdge, PositionId, Site, TypePosition } from "../graph/graph.ts";
import { adjacency } from "../solver/solve.ts";
import type { Solved } from "./changes.ts";
import { type ObstacleKind, obstacleText } from "./obstacle.ts";
import type { Obstacle } from "./report.ts";

/** What an edit says of obstacles: a flow that brought it may be one that nothing checks. */
export type Enforced = Pick<Edit, "position" | "kind" | "enforced">;

/** Where the brand stops, weakens or is lost sight of, each place once; within a kind the fewest hops first. */
export function findObstacles(
  solved: Solved,
  mixedReleases: readonly FlowEdge[],
  edits: readonly Enforced[],
): readonly Obstacle[] {
  const { graph, solution } = solved;
  const found: Obstacle[] = [];
  const add = (kind: ObstacleKind, position: PositionId, { file, line }: Pick<Site, "file" | "line">, cause: Cause) => {
    const depth = solution.demands.get(position)?.depth ?? 0;
    const message = `${wordsOf(cause)}: ${obstacleText[kind]}`;
    found.push({ kind, position, file, line, message, construct: cause.construct, depth });
  };
  const plainInto = plainCauses(solved);
  for (const [position, label] of solution.labels) {
    const site = graph.positions.get(position);
    if (label === "mixed" && site?.annotation === "written") add("mixed", position, site.site, plainInto(position));
  }
  for (const edge of mixedReleases) add("mixed-release", edge.from, edge.site, into(edge));
  for (const edge of solution.exits) {
    const to = graph.positions.get(edge.to);
    const kind = exitKind(edge, to);
    // A brand that passes as the base leaves as it is, and has ended there where it could have stood.
    const isEnd = to?.beyond === true || to?.primitive === true;
    if (isEnd || solved.migration.mode === "distinct") add(kind, edge.from, edge.site, into(edge));
  }
  for (const edge of solution.mints) {
    const cause = { construct: edge.construct, way: "from", position: edge.from } as const;
    // Nothing complains of a plain value there, and nothing is cast.
    if (edge.construct === "object-assign") add("recovered", edge.to, edge.site, cause);
  }
  for (const { kind, position, site, construct } of graph.hazards) {
    if (isFollowed(solved, position)) add(kind, position, site, { construct, way: "of", position });
  }
  for (const { position, kind, enforced } of edits) {
    const site = position === null ? undefined : graph.positions.get(position);
    if (site?.generated === true) add("generated", site.id, site.site, bringing(solved, site.id));
    // A source is branded because it was asked for.
    const isFound = site !== undefined && !solved.question.producers.includes(site.id);
    if (!enforced && kind !== "cast" && isFound) add("unenforced", site.id, site.site, bringing(solved, site.id));
  }
  return oncePerPlace(found);
}

// Where plain values end the brand, the compiler follows it no further anyway.
function isFollowed({ question, solution }: Solved, position: PositionId): boolean {
  const label = solution.labels.get(position);
  return label === "brand" || (label === "mixed" && question.mixedStops !== true);
}

function exitKind({ construct }: FlowEdge, to: TypePosition | undefined): ObstacleKind {
  if (to?.beyond === true) return "unreferenced";
  // It keeps the plain value that it started with, or is what other arguments make of a type parameter.
  if (to?.closed === true || to?.open === true) return "erased";
  return to?.primitive === true ? "operator" : (exitKinds.get(construct) ?? "external-declaration");
}

const exitKinds = new Map<string, ObstacleKind>([
  ["operator", "operator"],
  ["predicate", "operator"],
  ["mapped-type", "operator"],
  ["comparison", "comparison"],
]);

interface Cause {
  readonly construct: string;
  readonly way: "from" | "into" | "of";
  readonly position: PositionId;
}

function wordsOf({ construct, way, position }: Cause): string {
  return `${construct} ${way} ${position}`;
}

function into({ construct, to }: FlowEdge): Cause {
  return { construct, way: "into", position: to };
}

function bringing({ solution }: Solved, id: PositionId): Cause {
  const because = solution.demands.get(id)?.because ?? null;
  if (because === null) return { construct: "source", way: "of", position: id };
  return { construct: because.edge.construct, way: "from", position: because.from };
}

// The flow that brings plain values, from outside the reach rather than from another mixed position.
function plainCauses({ graph, solution }: Solved): (position: PositionId) => Cause {
  const { into: entering } = adjacency(graph.edges);
  return (position) => {
    const edges = entering.get(position) ?? [];
    const edge =
      edges.find(({ from }) => !solution.labels.has(from)) ??
      edges.find(({ from }) => solution.labels.get(from) === "mixed");
    if (edge === undefined) return { construct: "shared storage", way: "of", position };
    return { construct: edge.construct, way: "from", position: edge.from };
  };
}

function oncePerPlace(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  const places = new Map(obstacles.map((each) => [`${each.kind} ${each.position} ${each.file}:${each.line}`, each]));
  const kinds = [...new Set(obstacles.map(({ kind }) => kind))];
  return [...places.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.depth - b.depth);
}
