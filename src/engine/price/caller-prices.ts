import type { PositionId, TypePosition } from "../graph.ts";
import type { Study } from "../measure.ts";
import { adjacency } from "../solve.ts";
import { type Chosen, priceOf, requiredBy } from "./offer-prices.ts";
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
  const wants = callersOf(measurement.solved, sites).map(({ caller, releases }) => ({
    caller,
    releases,
    chosen: requiredBy(offer, new Set(), releases),
  }));
  const result: CallerPrice[] = [];
  let open = wants;
  let within: ReadonlySet<PositionId> = new Set();
  let done: readonly ReleaseSite[] = [];
  let paid = 0;
  while (open.length > 0) {
    const [next] = open
      .map((want) => ({ want, with: requiredBy(offer, within, [...done, ...want.releases]) }))
      .map((candidate) => ({ ...candidate, price: priceOf(offer, candidate.with) }))
      .sort((a, b) => a.price - b.price);
    if (next === undefined) break;
    const { want } = next;
    const others = wants.filter((other) => other !== want);
    result.push({
      caller: want.caller,
      releases: want.releases.length,
      alone: finite(priceOf(offer, want.chosen)),
      shared: sharedWith(want.chosen, others),
      positions: want.chosen.positions.size,
      next: finite(next.price - paid),
    });
    if (Number.isFinite(next.price)) {
      paid = next.price;
      within = next.with.positions;
      done = [...done, ...want.releases];
    }
    open = open.filter((other) => other !== want);
  }
  return result;
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

function sharedWith({ positions }: Chosen, others: readonly { readonly chosen: Chosen }[]): number {
  return [...positions].filter((id) => others.some(({ chosen }) => chosen.positions.has(id))).length;
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
