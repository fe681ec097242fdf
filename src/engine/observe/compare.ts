import type { FlowGraph, PositionId } from "../graph.ts";
import type { Question, Solution } from "../solve.ts";
import type { Place, PointTable, Sightings } from "./point.ts";

/** What was seen at one position. */
export interface Observation {
  readonly pinned: Place | undefined;
  readonly plain: Place | undefined;
}

/** How what was seen compares with what was found. */
export interface Comparison {
  readonly observations: ReadonlyMap<PositionId, Observation>;
  /** Every position that the engine says a followed value can reach; a release it can end at. */
  readonly found: ReadonlySet<PositionId>;
  /** A followed value was seen where the engine finds none: a flow is missing. */
  readonly unfound: readonly string[];
  /** A plain value was seen where the engine says only followed ones come. */
  readonly unexpected: readonly string[];
  /** Found, and never seen. */
  readonly unobserved: readonly PositionId[];
}

/** What the engine says of the instrumented program. */
export interface Answer {
  readonly table: PointTable;
  readonly collected: { readonly graph: FlowGraph; readonly question: Question };
  readonly solution: Solution;
}

/** Compares the sightings of all runs with the engine's answer to the same question. */
export function compare(answer: Answer, sightings: readonly Sightings[]): Comparison {
  const { graph, question } = answer.collected;
  const { labels, releases } = answer.solution;
  const observations = observe(
    answer.table.points.flatMap(({ places }) => places),
    sightings,
  );
  const found = new Set([...labels.keys(), ...releases.map(({ to }) => to)]);
  const isFound = (position: PositionId) => found.has(position);
  const isPure = (position: PositionId) => labels.get(position) === "brand" && !question.fixed.includes(position);
  return {
    observations,
    found,
    unfound: sites(observations, "pinned", (position) => !isFound(position)),
    unexpected: sites(observations, "plain", isPure),
    unobserved: [...found].filter(
      (position) => graph.positions.has(position) && observations.get(position)?.pinned === undefined,
    ),
  };
}

function sites(
  observations: Comparison["observations"],
  kind: keyof Observation,
  isMeant: (position: PositionId) => boolean,
): readonly string[] {
  return [...observations].flatMap(([position, seen]) => {
    const place = seen[kind];
    return place === undefined || !isMeant(position) ? [] : [`${position} at ${place.file}:${place.line}`];
  });
}

function observe(places: readonly Place[], sightings: readonly Sightings[]): ReadonlyMap<PositionId, Observation> {
  const observations = new Map<PositionId, Observation>();
  const note = (indexes: readonly number[], kind: keyof Observation): void => {
    for (const index of indexes) {
      const place = places[index];
      if (place === undefined) continue;
      const before = observations.get(place.position) ?? { pinned: undefined, plain: undefined };
      observations.set(place.position, { ...before, [kind]: before[kind] ?? place });
    }
  };
  for (const { pinned, plain } of sightings) {
    note(pinned, "pinned");
    note(plain, "plain");
  }
  return observations;
}
