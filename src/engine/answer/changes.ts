import { castExits } from "../cast-exits.ts";
import type { Edit } from "../edit.ts";
import {
  calleeOf,
  type FlowEdge,
  type FlowGraph,
  type PositionId,
  type PositionKind,
  type Site,
  siteKey,
  type TypePosition,
} from "../graph/graph.ts";
import type { AskedGraph } from "../graph/graph-document.ts";
import type { Mode } from "../migration.ts";
import { adjacency, keptLabels, type Label, type Solution } from "../solver/solve.ts";

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
export function annotationChanges(solved: Solved): readonly Change[] {
  const { migration, graph, question, solution } = solved;
  const producers = new Set(question.producers);
  const silent = saidFromNowOn(migration.mode, graph, keptLabels(graph, question, solution.labels));
  return [...new Set([...solution.labels.keys(), ...silent])].flatMap((id): readonly Change[] => {
    const label = solution.labels.get(id) ?? "base";
    const position = graph.positions.get(id);
    if (position === undefined) return [];
    const isInserted = producers.has(id) && isSilentReturn(position);
    const isEdited = isInserted || isRewritten(migration.mode, label, position);
    if (!silent.has(id) && (!isEdited || question.wanted?.has(id) === false)) return [];
    const { site, test } = position;
    const kind = label === "mixed" ? "union" : "annotation";
    return [{ file: site.file, line: site.line, kind, position: id, test }];
  });
}

/**
 * Does a written position with this label change? In subtype mode a mixed one keeps the base, and so does a constraint,
 * which accepts the brand as it is.
 */
export function isRewritten(mode: Mode, label: Label, { annotation, kind }: TypePosition): boolean {
  if (annotation !== "written") return false;
  if (label === "base") return false;
  return mode === "distinct" || (label === "brand" && kind !== "constraint");
}

// A source whose type was inferred so far has to say it from now on.
function isSilentReturn({ annotation, kind }: TypePosition): boolean {
  return annotation === "inferred" && kind === "return";
}

/** What says no type so far, and has to from now on. */
export function saidFromNowOn(mode: Mode, graph: FlowGraph, kept: Solution["labels"]): ReadonlySet<PositionId> {
  return new Set([...silentlyMixed(mode, graph, kept), ...apartFromElements(mode, graph, kept)]);
}

// What is made of the elements of a list may be of another kind than they are, which the compiler would take it for.
function apartFromElements(mode: Mode, graph: FlowGraph, kept: Solution["labels"]): readonly PositionId[] {
  const isOf = (label: Label) => (id: PositionId) => (kept.get(id) ?? "base") === label;
  const isApart = ({ construct, from, to, beside }: FlowEdge) => {
    if (construct !== "inference" || beside === undefined) return false;
    if (mode === "distinct") return beside.some(isOf("mixed")) && !isOf("mixed")(to);
    return !beside.every(isOf("brand")) && [from, to].every(isOf("brand"));
  };
  return graph.edges.filter(isApart).map(({ to }) => to);
}

/**
 * Inferred variables and members that start as one kind and are given the other later: the compiler infers the first
 * alone, so that they have to say from now on what they hold.
 */
function silentlyMixed(mode: Mode, graph: FlowGraph, kept: Solution["labels"]): ReadonlySet<PositionId> {
  const { into, outOf } = adjacency(graph.edges);
  const mixed = [...kept].filter(([, label]) => label === "mixed").map(([id]) => id);
  return new Set(mixed.filter((id) => isSilent(graph.positions.get(id)) && startsAsOneKind(id)));

  function startsAsOneKind(id: PositionId): boolean {
    const first = kindsAt(entering(id).filter(isInference).map(takenFirst));
    const later = kindsAt(storedInto(id));
    if (first.size !== 1) return false;
    return first.has("brand") ? later.has("plain") : mode === "distinct" && later.has("brand");
  }

  // By its own name, and by those that were inferred from it and share its storage.
  function storedInto(id: PositionId, seen = new Set<PositionId>()): readonly FlowEdge[] {
    seen.add(id);
    const others = (outOf.get(id) ?? []).filter(({ channel, to }) => channel === "alias" && !seen.has(to));
    const shared = others.filter(isInference).flatMap(({ to }) => storedInto(to, seen));
    return [...entering(id).filter((edge) => !isInference(edge)), ...shared];
  }

  function entering(id: PositionId): readonly FlowEdge[] {
    return (into.get(id) ?? []).filter(({ enforced }) => enforced);
  }

  function isInference({ construct }: FlowEdge): boolean {
    return construct === "inference";
  }

  // What takes the first value as well takes it for what it is itself.
  function takenFirst(edge: FlowEdge): FlowEdge {
    const takes = (id: PositionId) => (mode === "subtype" ? kept.get(id) !== "brand" : kept.get(id) === "mixed");
    const taking = edge.beside?.find(takes);
    return taking === undefined ? edge : { ...edge, from: taking };
  }

  function kindsAt(edges: readonly FlowEdge[]): ReadonlySet<"brand" | "plain"> {
    const labels = edges.map((edge) => kept.get(edge.from));
    return new Set(
      labels.flatMap((label) => (label === "mixed" ? (["brand", "plain"] as const) : [label ?? ("plain" as const)])),
    );
  }
}

const storing: ReadonlySet<PositionKind> = new Set([
  "variable",
  "parameter",
  "property",
  "element",
  "type-argument",
  "tuple-slot",
]);

function isSilent(position: TypePosition | undefined): boolean {
  return position?.annotation === "inferred" && storing.has(position.kind);
}

function boundaryChanges({ migration, graph, solution }: Solved): readonly Change[] {
  // An assertion in the source is a boundary already.
  const mints = solution.mints.filter((edge) => edge.construct !== "cast" && edge.declared !== true);
  const casts = [...mints, ...castExits(graph, solution, migration.mode)];
  return oncePerSite(casts, (edge) => edge.site).map((edge) => changeAt(graph, edge, edge.site, "cast"));
}

function releaseChanges({ migration, graph, solution }: Solved): readonly Change[] {
  const isMixed = (edge: FlowEdge) => solution.labels.get(edge.from) === "mixed";
  const mixed = solution.releases.filter(isMixed);
  const kept = new Set(mixed.map((edge) => siteKey(calleeOf(edge))));
  const converted = solution.releases.filter((edge) => !kept.has(siteKey(calleeOf(edge))));
  const casts = migration.mode === "distinct" ? mixed : [];
  return [
    ...oncePerSite(converted, calleeOf).map((edge) => changeAt(graph, edge, calleeOf(edge), "conversion")),
    ...oncePerSite(casts, (edge) => edge.site).map((edge) => changeAt(graph, edge, edge.site, "cast")),
  ];
}

function changeAt(graph: AskedGraph["graph"], edge: FlowEdge, { file, line }: Site, kind: Edit["kind"]): Change {
  return { file, line, kind, position: edge.to, test: graph.positions.get(edge.from)?.test ?? false };
}

function oncePerSite(edges: readonly FlowEdge[], siteOf: (edge: FlowEdge) => Site): readonly FlowEdge[] {
  return [...new Map(edges.map((edge) => [siteKey(siteOf(edge)), edge])).values()];
}
