import { InputError } from "../input-error.ts";
import type { Migration } from "../migration.ts";
import { follows, problemWith } from "../schema.ts";
import type { Question } from "../solver/solve.ts";
import { type FlowEdge, type FlowGraph, type PositionId, positionIdOf, type TypePosition } from "./graph.ts";
import { type GraphDocument, graphSchema } from "./graph-schema.ts";

/** What the solver needs and what the report repeats: a program's flows and the question about them. */
export interface AskedGraph {
  readonly migration: Migration;
  readonly graph: FlowGraph;
  readonly question: Question;
}

/** The documented form of a graph, for JSON. */
export function graphDocument({ migration, graph, question }: AskedGraph): GraphDocument {
  const { base, brand, mode, sources, sinks, releases } = migration;
  const { wanted, alternatives, mixedStops, testsMint, becomes, cuts } = question;
  return {
    schemaVersion: 1,
    migration: { ...(base === undefined ? {} : { base }), brand, mode, sources, sinks, releases },
    positions: [...graph.positions.values()].map(({ id, kind, annotation, site, owner, ...flags }) => ({
      ...{ id, kind, annotation, site },
      ...(owner === undefined ? {} : { owner }),
      ...flags,
    })),
    edges: graph.edges,
    hazards: graph.hazards,
    question: {
      producers: question.producers,
      fixed: question.fixed,
      ...(wanted === undefined ? {} : { wanted: [...wanted] }),
      ...(alternatives === undefined ? {} : { alternatives }),
      ...(mixedStops === undefined ? {} : { mixedStops }),
      ...(testsMint === undefined ? {} : { testsMint }),
      releases: [...question.releases],
      ...(becomes === undefined ? {} : { becomes: [...becomes].map(([plain, branded]) => ({ plain, branded })) }),
      ...(cuts === undefined ? {} : { cuts }),
    },
  };
}

/**
 * A graph from what JSON gave back.
 * @throws InputError that names the path of the first thing that the schema does not allow, the first id that is there
 * twice, or the first that names no position
 */
export function readGraph(document: unknown): AskedGraph {
  if (!follows(graphSchema, document)) throw new InputError(problemWith(graphSchema, document, "") ?? "not a graph");
  const { migration, question } = document;
  const positions = positionsOf(document);
  refuseUnknown(document, positions);
  refuseLoose(document);
  return {
    migration: { ...migration, base: migration.base },
    graph: {
      positions,
      edges: document.edges.map(edgeOf),
      hazards: document.hazards.map((hazard) => ({ ...hazard, position: idOf(hazard.position) })),
    },
    question: {
      producers: question.producers.map(idOf),
      fixed: question.fixed.map(idOf),
      releases: new Set(question.releases.map(idOf)),
      ...(question.wanted === undefined ? {} : { wanted: new Set(question.wanted.map(idOf)) }),
      ...(question.mixedStops === undefined ? {} : { mixedStops: question.mixedStops }),
      ...(question.testsMint === undefined ? {} : { testsMint: question.testsMint }),
      ...(question.becomes === undefined
        ? {}
        : { becomes: new Map(question.becomes.map(({ plain, branded }) => [idOf(plain), branded.map(idOf)])) }),
      ...(question.cuts === undefined ? {} : { cuts: question.cuts.map(idOf) }),
      ...(question.alternatives === undefined ? {} : { alternatives: question.alternatives.map(idOf) }),
    },
  };
}

function idOf(name: string): PositionId {
  return positionIdOf(name);
}

function edgeOf({ beside, besideGiven, given, ...edge }: GraphDocument["edges"][number]): FlowEdge {
  return {
    ...edge,
    from: idOf(edge.from),
    to: idOf(edge.to),
    ...(beside === undefined ? {} : { beside: beside.map(idOf) }),
    ...(besideGiven === undefined ? {} : { besideGiven: besideGiven.map(idOf) }),
    ...(given === undefined ? {} : { given: given.map(idOf) }),
  };
}

function positionsOf({ positions }: GraphDocument): ReadonlyMap<PositionId, TypePosition> {
  const found = new Map<PositionId, TypePosition>();
  for (const [i, position] of positions.entries()) {
    const id = idOf(position.id);
    if (found.has(id)) throw new InputError(`"positions[${i}].id" is there twice: ${id}; ids are unique`);
    found.set(id, { ...position, id, owner: position.owner });
  }
  return found;
}

function refuseUnknown(document: GraphDocument, positions: ReadonlyMap<PositionId, TypePosition>): void {
  for (const [path, id] of references(document)) {
    if (!positions.has(idOf(id))) throw new InputError(`"${path}" names no position: ${id}`);
  }
}

function refuseLoose({ question }: GraphDocument): void {
  const fixed = new Set(question.fixed);
  const loose = question.producers.findIndex((producer) => !fixed.has(producer));
  if (loose === -1) return;
  throw new InputError(`"question.fixed" lacks "question.producers[${loose}]": ${question.producers[loose]}; add it`);
}

function* references({ edges, hazards, question }: GraphDocument): Iterable<readonly [string, string]> {
  for (const [i, { from, to, beside = [], besideGiven = [], given = [] }] of edges.entries()) {
    yield [`edges[${i}].from`, from];
    yield [`edges[${i}].to`, to];
    for (const [j, id] of beside.entries()) yield [`edges[${i}].beside[${j}]`, id];
    for (const [j, id] of besideGiven.entries()) yield [`edges[${i}].besideGiven[${j}]`, id];
    for (const [j, id] of given.entries()) yield [`edges[${i}].given[${j}]`, id];
  }
  for (const [i, { position }] of hazards.entries()) yield [`hazards[${i}].position`, position];
  for (const key of ["producers", "fixed", "wanted", "alternatives", "releases", "cuts"] as const) {
    for (const [i, id] of (question[key] ?? []).entries()) yield [`question.${key}[${i}]`, id];
  }
  for (const [i, { plain, branded }] of (question.becomes ?? []).entries()) {
    yield [`question.becomes[${i}].plain`, plain];
    for (const [j, id] of branded.entries()) yield [`question.becomes[${i}].branded[${j}]`, id];
  }
}
