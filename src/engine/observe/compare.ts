import type { FlowGraph, PositionId } from "../graph/graph.ts";
import type { Question, Solution } from "../solver/solve.ts";
import { type Beyond, reachedFrom } from "./beyond.ts";
import { compareFlows, type FlowComparison } from "./flows.ts";
import type { Place, PointTable, Sightings } from "./point.ts";

/** What the engine says of the instrumented program. */
export interface Answer {
  readonly table: PointTable;
  readonly collected: { readonly graph: FlowGraph; readonly question: Question };
  readonly solution: Solution;
  readonly beyond: Beyond;
}

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
  readonly flows: FlowComparison;
  /** A plain value was seen where the engine says only followed ones come. */
  readonly unexpected: readonly string[];
  /** A followed value was seen where the engine only says that one could come, out of what hides values from it. */
  readonly beyond: readonly PositionId[];
  /** Found, and never seen. */
  readonly unobserved: readonly PositionId[];
}

/** Compares the sightings of all runs with the engine's answer to the same question. */
export function compare(answer: Answer, sightings: readonly Sightings[]): Comparison {
  const { graph, question } = answer.collected;
  const { labels, releases } = answer.solution;
  const places = answer.table.points.flatMap((point) => point.places);
  const observations = observe(places, sightings);
  const found = new Set([...labels.keys(), ...releases.map(({ to }) => to)]);
  const isFound = (position: PositionId) => found.has(position);
  // What is branded by decision hands on what it is given, and stories of mistakes give it plain values.
  const minted = answer.solution.mints.map(({ to }) => to);
  const decided = [...question.fixed, ...minted].filter((position) => !question.producers.includes(position));
  const forged = reachedFrom(decided, graph);
  const { beyond } = answer;
  const isPure = (position: PositionId) =>
    labels.get(position) === "brand" && !forged.has(position) && !beyond.recovered.has(position);
  return {
    observations,
    found,
    unfound: sites(observations, "pinned", (position) => !isFound(position) && !beyond.reached.has(position)),
    beyond: [...observations].flatMap(([position, { pinned }]) =>
      pinned === undefined || isFound(position) ? [] : [position],
    ),
    flows: compareFlows(answer, found, sightings, (position) => observations.get(position)?.pinned !== undefined),
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
    return place === undefined || !isMeant(position) ? [] : [siteOf(place)];
  });
}

function siteOf({ position, file, line }: Place): string {
  return `${position} at ${file}:${line}`;
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
