import type { Report, ReportedStop } from "../engine/answer/report.ts";
import { longestWay } from "./hops.ts";

/** One line of the picture of the hops. */
export interface Lane {
  readonly name: string;
  readonly way: readonly ReportedStop[];
  /** How many of its first stops are on the lane above. */
  readonly shared: number;
}

/** The lanes of each part of the project, named where they begin; without parts, the longest way of the whole. */
export function lanesOf(report: Report): readonly Lane[] {
  if (report.parts.length === 0) return [{ name: report.migration.brand, way: wholeWay(report), shared: 0 }];
  return report.parts.flatMap(({ name, alone }) => {
    const ways = alone?.ways ?? [];
    return ways.map((way, i) => ({ name: i === 0 ? name : "", way, shared: sharedStops(way, ways[i - 1] ?? []) }));
  });
}

function sharedStops(way: readonly ReportedStop[], above: readonly ReportedStop[]): number {
  const parting = way.findIndex(({ position }, hop) => position !== above[hop]?.position);
  return parting === -1 ? way.length : parting;
}

function wholeWay(report: Report): readonly ReportedStop[] {
  return longestWay(report).chain.map(({ id, file, line, label, because }) => {
    const marks = [
      ...(report.conversions.some(({ position }) => position === id) ? (["released"] as const) : []),
      ...(isObstacle("mixed-release") ? (["undecided"] as const) : []),
      ...(isObstacle("erased") ? (["erased"] as const) : []),
    ];
    return { position: id, file, line, label, construct: because?.construct ?? null, marks };

    function isObstacle(wanted: string): boolean {
      return report.obstacles.some(({ kind, position }) => kind === wanted && position === id);
    }
  });
}
