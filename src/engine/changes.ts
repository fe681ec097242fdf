import type { Edit } from "./edit.ts";
import type { FlowEdge, Site, TypePosition } from "./graph.ts";
import type { AskedGraph } from "./graph-document.ts";
import type { Mode } from "./migration.ts";
import type { Solution } from "./solve.ts";

/** What an edit does and where, without its text: as much as a graph alone can say. */
export type Change = Pick<Edit, "file" | "kind" | "position" | "test"> & Pick<Site, "line">;

/** A graph, the question about it, and the answer. */
export interface Solved extends AskedGraph {
  readonly solution: Solution;
}

/**
 * The edits that carry a solution out, as far as the graph says: names that have to be imported or declared are a matter
 * of the language, and a plain release inside its branded one looks like any other.
 */
export function changesOf(solved: Solved): readonly Change[] {
  return [...annotationChanges(solved), ...boundaryChanges(solved), ...releaseChanges(solved)];
}

/** The annotations among them, one for every position that is edited. */
export function annotationChanges({ migration, graph, question, solution }: Solved): readonly Change[] {
  const producers = new Set(question.producers);
  return [...solution.labels].flatMap(([id, label]): readonly Change[] => {
    const position = graph.positions.get(id);
    if (position === undefined || question.wanted?.has(id) === false) return [];
    if (!isRewritten(migration.mode, label, position) && !(producers.has(id) && isSilentReturn(position))) return [];
    const { site, test } = position;
    const kind = label === "mixed" ? "union" : "annotation";
    return [{ file: site.file, line: site.line, kind, position: id, test }];
  });
}

/**
 * Does a written position with this label change? In subtype mode a mixed one keeps the base, and so does a constraint,
 * which accepts the brand as it is.
 */
export function isRewritten(mode: Mode, label: "brand" | "mixed", { annotation, kind }: TypePosition): boolean {
  if (annotation !== "written") return false;
  return mode === "distinct" || (label === "brand" && kind !== "constraint");
}

// A source whose type was inferred so far has to say it from now on.
function isSilentReturn({ annotation, kind }: TypePosition): boolean {
  return annotation === "inferred" && kind === "return";
}

function boundaryChanges({ migration, graph, solution }: Solved): readonly Change[] {
  // An assertion in the source is a boundary already.
  const mints = solution.mints.filter((edge) => edge.construct !== "cast");
  const casts =
    migration.mode === "distinct" ? [...mints, ...solution.exits.filter(({ enforced }) => enforced)] : mints;
  return oncePerSite(casts, (edge) => edge.site).map((edge) => changeAt(graph, edge, edge.site, "cast"));
}

function releaseChanges({ migration, graph, solution }: Solved): readonly Change[] {
  const isMixed = (edge: FlowEdge) => solution.labels.get(edge.from) === "mixed";
  const mixed = solution.releases.filter(isMixed);
  const kept = new Set(mixed.map((edge) => keyOf(calleeOf(edge))));
  const converted = solution.releases.filter((edge) => !kept.has(keyOf(calleeOf(edge))));
  const casts = migration.mode === "distinct" ? mixed : [];
  return [
    ...oncePerSite(converted, calleeOf).map((edge) => changeAt(graph, edge, calleeOf(edge), "conversion")),
    ...oncePerSite(casts, (edge) => edge.site).map((edge) => changeAt(graph, edge, edge.site, "cast")),
  ];
}

function calleeOf(edge: FlowEdge): Site {
  return edge.callee ?? edge.site;
}

function changeAt(graph: AskedGraph["graph"], edge: FlowEdge, { file, line }: Site, kind: Edit["kind"]): Change {
  return { file, line, kind, position: edge.to, test: graph.positions.get(edge.from)?.test ?? false };
}

function oncePerSite(edges: readonly FlowEdge[], siteOf: (edge: FlowEdge) => Site): readonly FlowEdge[] {
  return [...new Map(edges.map((edge) => [keyOf(siteOf(edge)), edge])).values()];
}

function keyOf({ file, start, end }: Site): string {
  return `${file} ${start} ${end}`;
}
