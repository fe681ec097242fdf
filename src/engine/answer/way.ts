import type { PositionId } from "../graph/graph.ts";
import type { Report, ReportedPosition, ReportedStop } from "./report.ts";

/**
 * The ways that say most about these files: from a source through them to the deepest call that releases, and to the
 * deepest place where the value is erased, unless that lies on the first one. Where the brand passes none of the files,
 * the deepest such way that leaves the source's files.
 */
export function tellingWays(report: Shown, files: ReadonlySet<string>): readonly (readonly ReportedStop[])[] {
  const marks = marksOf(report);
  const positions = new Map(report.positions.map((position) => [position.id, position]));
  const ways = report.positions
    .filter(({ id, annotation }) => marks.has(id) && annotation !== "external")
    .map((end) => chainTo(end, positions))
    .sort((a, b) => rankOf(b) - rankOf(a) || b.length - a.length);
  const [first] = ways;
  if (first === undefined) return [];

  const erasing = ways.find((way) => passes(way, isOwn) && !first.includes(lastOf(way)) && isErased(lastOf(way)));
  return [first, ...(erasing === undefined ? [] : [erasing])].map((way) => way.map(stopAt));

  function rankOf(way: Way): number {
    const leaves = passes(way, (file) => file !== way[0]?.file);
    return (passes(way, isOwn) ? 4 : 0) + (leaves ? 2 : 0) + (isReleased(lastOf(way)) ? 1 : 0);
  }

  function isOwn(file: string): boolean {
    return files.has(file);
  }

  function isReleased({ id }: ReportedPosition): boolean {
    return marks.get(id)?.has("released") === true || marks.get(id)?.has("undecided") === true;
  }

  function isErased({ id }: ReportedPosition): boolean {
    return marks.get(id)?.has("erased") === true;
  }

  function stopAt({ id, file, line, label, because }: ReportedPosition): ReportedStop {
    return {
      position: id,
      file,
      line,
      label,
      construct: because?.construct ?? null,
      marks: [...(marks.get(id) ?? [])],
    };
  }
}

type Shown = Pick<Report, "positions" | "conversions" | "obstacles">;
type Mark = ReportedStop["marks"][number];

function marksOf({ conversions, obstacles }: Shown): ReadonlyMap<PositionId, ReadonlySet<Mark>> {
  const marks = new Map<PositionId, Set<Mark>>();
  const add = (id: PositionId | null, mark: Mark) => {
    if (id !== null) marks.set(id, (marks.get(id) ?? new Set()).add(mark));
  };
  for (const { position } of conversions) add(position, "released");
  for (const { position, kind } of obstacles) {
    if (kind === "mixed-release") add(position, "undecided");
    if (kind === "erased" || kind === "recovered") add(position, "erased");
  }
  return marks;
}

type Way = readonly [ReportedPosition, ...ReportedPosition[]];

function passes(way: Way, isSuch: (file: string) => boolean): boolean {
  return way.some(({ file }) => isSuch(file));
}

function lastOf(way: Way): ReportedPosition {
  return way.at(-1) ?? way[0];
}

function chainTo(end: ReportedPosition, positions: ReadonlyMap<PositionId, ReportedPosition>): Way {
  const chain: [ReportedPosition, ...ReportedPosition[]] = [end];
  for (let [{ because }] = chain; because !== null; [{ because }] = chain) {
    const before = positions.get(because.from);
    if (before === undefined || chain.includes(before)) break;
    chain.unshift(before);
  }
  return chain;
}
