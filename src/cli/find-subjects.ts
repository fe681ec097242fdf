import { whyNotReached } from "../engine/answer/unreached.ts";
import type { FlowEdge, PositionId, Site } from "../engine/graph/graph.ts";
import { InputError } from "../engine/input-error.ts";
import type { Measurement } from "../engine/measure.ts";
import type { Place } from "../engine/question.ts";
import type { Subject } from "../report/explanation.ts";
import { findFile } from "./find-file.ts";
import { near } from "./near.ts";

/**
 * What `explain P` is about: the position with that id; or all that stands on a line of a file: positions that are
 * declared there, casts, conversions, mints and obstacles; or else what the flows on that line lead to.
 * @throws InputError when there is nothing, with what is near
 */
export function findSubjects(measurement: Measurement, query: string): readonly Subject[] {
  const asked = askedBy(measurement, query);
  if (asked.kind === "position") return [subject(measurement, asked.id, [])];
  const found = onLine(measurement, asked);
  return found.length > 0 ? found : nothingThere(measurement, query, asked);
}

/** The lines that the query is about, if the brand is not at all that stands there. @throws InputError as above */
export function unreachedPlaces(measurement: Measurement, query: string): readonly Place[] {
  const { graph, solution } = measurement.solved;
  const asked = askedBy(measurement, query);
  const site = asked.kind === "position" ? graph.positions.get(asked.id)?.site : asked;
  const subjects =
    asked.kind === "position" ? [asked.id] : onLine(measurement, asked).map(({ position }) => position.id);
  const isReached = subjects.length > 0 && subjects.every((id) => solution.demands.has(id));
  return site === undefined || isReached ? [] : [{ file: site.file, line: site.line }];
}

type Asked = { readonly kind: "position"; readonly id: PositionId } | ({ readonly kind: "line" } & Place);

function askedBy({ solved, files }: Measurement, query: string): Asked {
  const { positions } = solved.graph;
  const id = [...positions.keys()].find((each) => each === query);
  if (id !== undefined) return { kind: "position", id };
  const { file, line } = /^(?<file>.+):(?<line>\d+)$/u.exec(query)?.groups ?? {};
  if (file === undefined) return unknown(query, [...positions.keys()]);
  return { kind: "line", file: findFile(files, file), line: Number(line) };
}

function onLine(measurement: Measurement, place: Place): readonly Subject[] {
  const notes = new Map<PositionId, readonly string[]>();
  const add = (id: PositionId | null, ...more: readonly string[]) => {
    if (id !== null) notes.set(id, [...(notes.get(id) ?? []), ...more]);
  };
  const declared = [...measurement.solved.graph.positions.values()].filter(({ site }) => isAt(site, place));
  for (const { id } of declared.sort((a, b) => a.site.column - b.site.column)) add(id);
  for (const [id, note] of remarks(measurement, place)) add(id, note);
  if (notes.size === 0) for (const { to } of flowsAt(measurement, place)) add(to);
  return [...notes].map(([id, more]) => subject(measurement, id, [...new Set(more)]));
}

function* remarks(
  { report, solved, sources }: Measurement,
  place: Place,
): Iterable<readonly [PositionId | null, string]> {
  for (const { site, from, to, construct } of solved.solution.mints) {
    if (isAt(site, place)) yield [to, `a plain value becomes a branded one here: ${construct} from ${from}`];
  }
  for (const { kind, file, start, position, reason } of [...report.edits, ...report.conversions]) {
    if (file !== place.file || (kind !== "cast" && kind !== "conversion")) continue;
    if (lineAt(sources.get(file) ?? "", start) === place.line) yield [position, `a ${kind} is written here: ${reason}`];
  }
  for (const obstacle of report.obstacles) {
    if (isAt(obstacle, place)) yield [obstacle.position, `obstacle ${obstacle.kind}: ${obstacle.message}`];
  }
}

// Of the flows on a line, those that the brand takes; if it takes none, all.
function flowsAt({ solved }: Measurement, place: Place): readonly FlowEdge[] {
  const all = solved.graph.edges.filter(({ site }) => isAt(site, place));
  const taken = all.filter(({ from, to }) => solved.solution.demands.has(from) && solved.solution.demands.has(to));
  return taken.length > 0 ? taken : all;
}

function subject({ solved }: Measurement, id: PositionId, notes: readonly string[]): Subject {
  const { graph, question, solution } = solved;
  const position = graph.positions.get(id);
  if (position === undefined) throw new Error(`${id} is in no graph`);
  if (!solution.demands.has(id)) return { position, notes: [...notes, whyNotReached(solved, id)] };
  const isKept = question.wanted?.has(id) === false && position.annotation === "written";
  return { position, notes: isKept ? [...notes, "reached, but on no way to a sink: it keeps its type"] : notes };
}

function nothingThere({ solved }: Measurement, query: string, { file, line }: Place): never {
  const distance = ({ site }: { readonly site: Site }) => Math.abs(site.line - line);
  const nearest = [...solved.graph.positions.values()]
    .filter(({ id, site }) => site.file === file && solved.solution.demands.has(id))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 3)
    .map(({ id, site }) => `${id} (line ${site.line})`);
  const hint = nearest.length === 0 ? "nor anything else in the file" : `near it: ${nearest.join(", ")}`;
  throw new InputError(`the brand reaches nothing at ${query}; ${hint}`);
}

function unknown(query: string, ids: readonly PositionId[]): never {
  const similar = near(query, ids);
  const hint = similar.length === 0 ? "measure --format json lists those it reaches" : `near it: ${similar.join(", ")}`;
  throw new InputError(`there is no position ${query}; ${hint}`);
}

function isAt(site: Place, { file, line }: Place): boolean {
  return site.file === file && site.line === line;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
