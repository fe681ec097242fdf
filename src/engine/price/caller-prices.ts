import type { PositionId, TypePosition } from "../graph/graph.ts";
import type { Study } from "../measure.ts";
import { adjacency } from "../solver/solve.ts";
import { added, type Choice, itemsFor, nothing, positionsOf, priced, together } from "./offer-prices.ts";
import type { PriceCurve } from "./price-curve.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** A function that takes the brand from the source's files, and what converting it costs. */
export interface CallerPrice {
  /**
   * As in position ids: `mm/mempolicy.ts lookup_node()`, at the top of a file its variable: `mm/mempolicy.ts held`;
   * where nothing is held, the place: `mm/mempolicy.ts:40`.
   */
  readonly caller: string;
  /** Releases of what it takes. */
  readonly releases: number;
  /** Edits if it is the only one that is converted; null when no choice of casts protects its releases. */
  readonly alone: number | null;
  /** How many of its branded positions other callers need too. */
  readonly shared: number;
  readonly positions: number;
  /** Edits if everything above it in the list is converted already. */
  readonly next: number | null;
}

/**
 * What each caller of the sources costs, the cheapest next one first: a caller is a function outside the files of the
 * sources that takes the brand from them, by return value, argument or array. Its releases are all that the brand
 * reaches from there.
 */
export function callerPrices({ measurement }: Study, { sites, offer }: PriceCurve): readonly CallerPrice[] {
  const index = priced(offer);
  const wants = callersOf(measurement.solved, sites).map((caller): Want => {
    const items = itemsFor(index, new Set(), caller.releases);
    const alone = added(index, nothing, items);
    return { ...caller, items, price: alone.price, positions: positionsOf(index, alone) };
  });
  const needs = countNeeds(wants);
  const result: CallerPrice[] = [];
  let done = nothing;
  let open = wants.map((want): Candidate => ({ want, more: added(index, done, want.items) }));
  while (open.length > 0) {
    const next = open.reduce((best, each) => (each.more.price < best.more.price ? each : best));
    result.push(callerPrice(next, needs));
    open = open.filter((other) => other !== next);
    // Most callers near the end of the list add nothing that is not there already.
    if (next.more.all.size === 0 || !Number.isFinite(next.more.price)) continue;
    done = together(done, next.more);
    open = open.map(({ want }) => ({ want, more: added(index, done, want.items) }));
  }
  return result;
}

function callerPrice({ want, more }: Candidate, needs: ReadonlyMap<PositionId, number>): CallerPrice {
  return {
    caller: want.caller,
    releases: want.releases.length,
    alone: finite(want.price),
    shared: want.positions.filter((position) => (needs.get(position) ?? 0) > 1).length,
    positions: want.positions.length,
    next: finite(more.price),
  };
}

interface Want extends Caller {
  readonly items: readonly number[];
  /** What it costs alone, and the positions it needs. */
  readonly price: number;
  readonly positions: readonly PositionId[];
}

interface Candidate {
  readonly want: Want;
  /** What it adds to those that are converted already. */
  readonly more: Choice;
}

function countNeeds(wants: readonly Want[]): ReadonlyMap<PositionId, number> {
  const needs = new Map<PositionId, number>();
  for (const { positions } of wants) for (const each of positions) needs.set(each, (needs.get(each) ?? 0) + 1);
  return needs;
}

// A callback is a part of the function it is written in; code at the top of a file is known by the variable it fills.
function holderOf(position: TypePosition | undefined): string {
  if (position === undefined) return "";
  const { owner, kind, id, site } = position;
  if (owner !== undefined) return owner.split("/")[0] ?? "";
  return kind === "cast" ? "" : (variableOfWay.exec(id.slice(site.file.length + 1))?.[0] ?? "");
}

// `pages` of `pages.[]`, and a whole pattern: `{ page, ...rest }` of `{ page, ...rest }/page`.
const variableOfWay = /^(?:[{[].*?[\]}](?=[./~]|$)|[^./#(~]+)/u;

function finite(price: number): number | null {
  return Number.isFinite(price) ? price : null;
}

interface Caller {
  readonly caller: string;
  readonly releases: readonly ReleaseSite[];
}

function callersOf(
  { graph, question, solution }: Study["measurement"]["solved"],
  sites: readonly ReleaseSite[],
): Caller[] {
  const fileOf = (id: PositionId) => graph.positions.get(id)?.site.file ?? "";
  const sourceFiles = new Set(question.producers.map(fileOf));
  const { outOf, into } = adjacency(graph.edges);
  const entries = new Map<string, PositionId[]>();
  for (const { position, because } of solution.demands.values()) {
    if (because === null || sourceFiles.has(fileOf(position)) || !sourceFiles.has(fileOf(because.from))) continue;
    const owner = `${fileOf(position)} ${holderOf(graph.positions.get(position))}`.trim();
    entries.set(owner, [...(entries.get(owner) ?? []), position]);
  }
  const holding = [...entries].map(([caller, start]): Caller => {
    const reached = forward(start);
    return { caller, releases: sites.filter(({ flows }) => flows.some(({ from }) => reached.has(from))) };
  });
  return [
    ...holding,
    ...sites.filter(isAtOnce).map((site) => ({
      caller: `${site.callee.file}:${site.callee.line}`,
      releases: [site],
    })),
  ];

  // What the source gives is released without being held: no position stands for the caller.
  function isAtOnce({ callee, flows }: ReleaseSite): boolean {
    return !sourceFiles.has(callee.file) && flows.some(({ from }) => sourceFiles.has(fileOf(from)));
  }

  // With the flow, and against it where what is put into shared storage comes out at its other names.
  function forward(start: readonly PositionId[]): ReadonlySet<PositionId> {
    const met = new Set(start);
    for (const position of met) {
      for (const { to } of outOf.get(position) ?? []) if (isOutside(to)) met.add(to);
      for (const { from, channel } of into.get(position) ?? [])
        if (channel === "alias" && isOutside(from)) met.add(from);
    }
    return met;
  }

  function isOutside(position: PositionId): boolean {
    return solution.labels.has(position) && !sourceFiles.has(fileOf(position));
  }
}
