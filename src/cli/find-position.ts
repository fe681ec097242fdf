import { InputError } from "../engine/input-error.ts";
import type { Report, ReportedPosition } from "../engine/report.ts";
import { near } from "./near.ts";

/**
 * The positions that `P` names: the one with that id, or all that are declared on that line of a file.
 * @throws InputError when the brand reaches no such position, with those that are near
 */
export function findPositions(report: Report, query: string): readonly ReportedPosition[] {
  const named = report.positions.filter((position) => position.id === query);
  if (named.length > 0) return named;
  const place = /^(?<file>.+):(?<line>\d+)$/u.exec(query)?.groups;
  return place === undefined ? unknown(report, query) : onLine(report, query, place.file ?? "", Number(place.line));
}

function onLine(report: Report, query: string, file: string, line: number): readonly ReportedPosition[] {
  const inFile = report.positions.filter((position) => `/${position.file}`.endsWith(`/${file.replace(/^\.\//u, "")}`));
  if (inFile.length === 0) return unknown(report, query);
  const found = inFile.filter((position) => position.line === line);
  if (found.length > 0) return found.sort((a, b) => a.column - b.column);

  const nearest = inFile.sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line)).slice(0, 3);
  throw new InputError(`the brand reaches nothing at ${query}; near it: ${nearest.map(placed).join(", ")}`);
}

function unknown(report: Report, query: string): never {
  const ids = near(
    query,
    report.positions.map((position) => position.id),
  );
  const hint = ids.length === 0 ? "measure --format json lists those it reaches" : `near it: ${ids.join(", ")}`;
  throw new InputError(`the brand reaches no position ${query}; ${hint}`);
}

function placed(position: ReportedPosition): string {
  return `${position.id} (line ${position.line})`;
}
