import type { Report, ReportedPosition } from "../engine/answer/report.ts";
import type { PositionId } from "../engine/graph/graph.ts";

/** The shortest chain from a source to the position, the source first; empty when the brand does not reach it. */
export function chainTo(report: Report, id: PositionId): readonly ReportedPosition[] {
  const positions = new Map(report.positions.map((position) => [position.id, position]));
  const chain: ReportedPosition[] = [];
  let next = positions.get(id);
  while (next !== undefined && !chain.includes(next)) {
    chain.unshift(next);
    next = next.because === null ? undefined : positions.get(next.because.from);
  }
  return chain;
}

/** The way to the deepest release that is converted, or to the deepest position when none is. */
export interface LongestWay {
  readonly ends: "release" | "position";
  readonly chain: readonly ReportedPosition[];
}

/** The one path a reader wants to see: how far the brand had to travel. */
export function longestWay(report: Report): LongestWay {
  const released = new Set(report.conversions.map((conversion) => conversion.position));
  const release = deepest(report.positions.filter((position) => released.has(position.id)));
  if (release !== undefined) return { ends: "release", chain: chainTo(report, release.id) };

  const last = deepest(report.positions);
  return { ends: "position", chain: last === undefined ? [] : chainTo(report, last.id) };
}

/** The position's name without its file, for lines that show the file anyway. */
export function shortName(position: Pick<ReportedPosition, "id" | "file">): string {
  for (let space = position.id.indexOf(" "); space !== -1; space = position.id.indexOf(" ", space + 1)) {
    // A file above the project's folder is told by a way upward.
    const file = position.id.slice(0, space).replace(/^(?:\.\.\/)+/u, "");
    if (`/${position.file}`.endsWith(`/${file}`)) return position.id.slice(space + 1);
  }
  return position.id;
}

function deepest(positions: readonly ReportedPosition[]): ReportedPosition | undefined {
  return positions.reduce<ReportedPosition | undefined>(
    (best, position) => (best === undefined || position.depth > best.depth ? position : best),
    undefined,
  );
}
