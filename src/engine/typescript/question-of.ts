import type { FlowGraph, Hazard, PositionId } from "../graph/graph.ts";
import type { Migration } from "../migration.ts";
import type { Question } from "../solver/solve.ts";
import { type Erasure, type Named, parametersOf } from "./select/named.ts";
import type { Selection } from "./select/select.ts";

/** The positions of what is selected. */
export type PositionsAt = (selection: Selection) => readonly PositionId[];

/** What the solver is asked about a migration, before what the brand is for narrows it down. */
export function questionOf({ mode, strategy }: Migration, named: Named, at: PositionsAt): Question {
  const { sources, sinks, releases, cuts } = named;
  const branded = releases.flatMap((release) => release.branded.flatMap(parametersOf));
  return {
    producers: sources.flatMap(at),
    fixed: [...sources, ...(mode === "distinct" ? sinks : []), ...branded].flatMap(at),
    releases: new Set(releases.flatMap(({ plain }) => plain.flatMap(parametersOf)).flatMap(at)),
    becomes: new Map(releases.flatMap((release) => becoming(release, at))),
    ...(cuts.length === 0 ? {} : { cuts: cuts.flatMap(at) }),
    // In subtype mode nothing makes what plain values join take the brand.
    ...(mode === "subtype" ? { mixedStops: true } : {}),
    ...(mode === "subtype" || strategy === "mint-helper" ? { testsMint: true } : {}),
  };
}

function becoming(
  { plain, branded }: Named["releases"][number],
  at: PositionsAt,
): readonly (readonly [PositionId, readonly PositionId[]])[] {
  const parameters = branded.flatMap(parametersOf).flatMap(at);
  return plain.flatMap(parametersOf).flatMap((parameter) => at(parameter).map((each) => [each, parameters] as const));
}

/** A call of the way out erases what is given; the way back recovers it wherever it is called. */
export function erasureHazards(graph: FlowGraph, erasures: readonly Erasure[], at: PositionsAt): readonly Hazard[] {
  return erasures.flatMap(({ out, back }) => [
    ...out
      .flatMap(parametersOf)
      .flatMap(at)
      .flatMap((position) => callsInto(graph, position)),
    ...back.flatMap(at).flatMap((position) => comingBack(graph, position)),
  ]);
}

function callsInto({ edges }: FlowGraph, position: PositionId): readonly Hazard[] {
  const calls = edges.filter(({ to }) => to === position);
  return calls.map(({ from, site }) => ({ kind: "erased", position: from, construct: "way out", site }));
}

function comingBack({ positions }: FlowGraph, position: PositionId): readonly Hazard[] {
  const site = positions.get(position)?.site;
  return site === undefined ? [] : [{ kind: "recovered", position, construct: "way back", site }];
}
