import { ts } from "ts-morph";
import type { PositionId } from "../../graph/graph.ts";
import type { PositionEntry } from "../positions/positions.ts";
import { innermost, type Place, placeKey, siteOf } from "./call-sites.ts";
import type { HolderRun } from "./holder-run.ts";
import { holderOf, type KindDraft, ownerOf, selfOf, storedIn, variableOf } from "./kind-draft.ts";
import { objectsAt } from "./object-at.ts";
import { keyOf, roleIn } from "./owner.ts";
import { madeAround, memberOf, type Run, runOf } from "./run.ts";

/** A position, seen from where a value flows into it or comes from it. */
export interface Meeting {
  readonly run: Run;
  readonly id: PositionId;
  readonly place: Place;
  readonly end: "from" | "to";
}

const mostSteps = 4;

/**
 * The variables that a position means at a place: of what is declared in a holder that of the object whose member it is,
 * and of a function's parameter or result that of the call. None where the object cannot be told.
 */
export function variablesAt(draft: KindDraft, meeting: Meeting, steps = 0): readonly string[] {
  const entry = meeting.run.entries.get(meeting.id);
  if (entry === undefined || steps > mostSteps) return [];
  const holder = holderOf(draft, entry);
  return holder === undefined ? [atCall(draft, meeting, entry)] : throughObject(draft, meeting, entry, holder, steps);
}

/** The variable of a position that is declared in no holder, made when it is first met. */
export function register(draft: KindDraft, run: Run, id: PositionId, { node, position }: PositionEntry): string {
  const key = variableOf(run, id);
  if (draft.nodes.has(key)) return key;
  const owner = ownerOf(draft, node);
  const role = owner === undefined ? "inner" : roleIn(node, owner);
  const common = { owner: owner === undefined ? undefined : keyOf(owner), isPassed: role === "parameter" };
  const isReturn = role === "return";
  draft.nodes.set(key, { ...common, way: role === "inner" ? "inner" : isReturn ? "out" : "in" });
  const isReference = run !== draft.pages;
  const isNested = ["element", "type-argument", "tuple-slot"].includes(position.kind);
  if (isReference || isNested) {
    draft.nodes.set(storedIn(key), { ...common, way: role === "inner" ? "inner" : isReturn ? "in" : "out" });
    draft.into.push([storedIn(key), key]);
  }
  return key;
}

function atCall(draft: KindDraft, { run, id, place, end }: Meeting, entry: PositionEntry): string {
  const key = register(draft, run, id, entry);
  const owner = ownerOf(draft, entry.node);
  const around = ownerOf(draft, innermost(run.files.get(place.site.file), place.site.start, place.site.end));
  if (owner === undefined || draft.nodes.get(key)?.way === "inner") return key;
  if (around !== undefined && keyOf(around) === keyOf(owner)) return key;
  const site = siteOf(run, place, end);
  const at = `${site} ${key}`;
  if (draft.nodes.has(at)) return at;
  const here = around === undefined ? undefined : keyOf(around);
  instantiate(draft, at, key, site, here);
  instantiate(draft, storedIn(at), storedIn(key), site, here);
  if (draft.nodes.has(storedIn(at))) draft.into.push([storedIn(at), at]);
  return at;
}

function instantiate(
  { nodes, instances }: KindDraft,
  at: string,
  of: string,
  site: string,
  owner: string | undefined,
): void {
  const node = nodes.get(of);
  if (node === undefined) return;
  nodes.set(at, { ...node, owner, way: "inner", isPassed: false });
  instances.set(at, { at, of, site });
}

function throughObject(
  draft: KindDraft,
  { place, end }: Meeting,
  { node }: PositionEntry,
  holder: HolderRun,
  steps: number,
): readonly string[] {
  const file = holder.files.get(place.site.file);
  if (file === undefined) return [];
  if (isWithin(place, file, holder)) return [selfOf(holder)];
  const member = memberOf(node);
  if (member === undefined) return [];
  const objects = objectsAt(file, { member, start: place.site.start, end: place.site.end }, end);
  if (end === "to" && objects.every(ts.isObjectLiteralExpression)) draft.fresh.add(placeKey(place));
  const run = runOf(holder);
  const found = objects.flatMap((object) => {
    const from = { run, place: { site: holder.context.positions.siteOf(object) }, end: "from" } as const;
    return holder.referencesOf(object).flatMap((id) => variablesAt(draft, { ...from, id }, steps + 1));
  });
  if (found.length > 0 || end === "from") return [...new Set(found)];
  const made = madeAround(run, place.site);
  return made === undefined ? [] : variablesAt(draft, { run, id: made.to, place: made, end: "to" }, steps + 1);
}

// In the holder's own declaration its own parameter is meant.
function isWithin({ site }: Place, file: ts.SourceFile, { holder: { fileName, start, end } }: HolderRun): boolean {
  return file.fileName === fileName && start <= site.start && site.end <= end;
}
