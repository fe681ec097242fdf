import type { Solved } from "../answer/changes.ts";
import { calleeOf, type FlowEdge, type PositionId, type Site, siteKey } from "../graph/graph.ts";
import type { Arc } from "../solver/arcs.ts";
import { inferredEnds } from "../solver/restrict.ts";
import type { Offer } from "./parametric-cut.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** What an item of the offer is. */
export type Thing =
  | { readonly kind: "position"; readonly position: PositionId }
  | { readonly kind: "release"; readonly site: ReleaseSite }
  | { readonly kind: "cast"; readonly site: Site };

/** The offer, and its items by number. */
export interface ReleaseOffer extends Offer {
  readonly things: readonly Thing[];
}

/**
 * What it costs to protect releases. A release is protected when its argument has the branded type, so that the wrong
 * release does not compile; it then costs one edit, its new name. All that flows into it from where the brand comes
 * must be branded, too: ⟦from⟧ ∈ S for every reached flow into a position of S. A written position costs an edit. A
 * plain value that joins costs a cast where it enters, and so does a branded value where it leaves S, one each for all
 * that flows from one position at one place. Where two declarations meet, and on flows that are `uncut`, no cast can
 * stand, so both ends are in S or neither. What two positions are compared by costs a cast when only one is in S. What is
 * inferred and hands nothing on takes either kind, for nothing.
 *
 * Shortcomings: a position is branded or plain, never a union or a view of both, which can be cheaper; a plain value
 * that joins is always cast, never branded further back; of a choice that is compared with, the
 * first position counts; through a name for shared storage
 * the brand is taken to run the way on which it was first found.
 */
export function releaseOffer(
  solved: Solved,
  sites: readonly ReleaseSite[],
  uncut: ReadonlySet<FlowEdge> = new Set(),
): ReleaseOffer {
  const { graph, question, solution } = solved;
  const offer = openOffer();
  const ends = inferredEnds(graph);
  for (const { position } of solution.demands.values()) {
    const isWritten = graph.positions.get(position)?.annotation === "written";
    offer.add(position, isWritten ? 1 : 0, 0, { kind: "position", position });
  }
  for (const edge of graph.edges)
    if (!question.releases.has(edge.to) && !ends.has(edge.to)) addFlow(offer, solved, edge, uncut);
  for (const site of sites) addRelease(offer, solved, site);
  const converted = new Set(sites.map(({ callee }) => siteKey(callee)));
  // Where the branded release ends in the plain one.
  for (const edge of solution.releases) {
    if (!converted.has(siteKey(calleeOf(edge)))) offer.tie(edge.from, castAt(offer, edge, "out of", 1), endless);
  }
  return offer.close();
}

function addFlow(
  offer: OpenOffer,
  { graph, question, solution }: Solved,
  edge: FlowEdge,
  uncut: ReadonlySet<FlowEdge>,
): void {
  const { from, to } = edge;
  if (!offer.has(to)) {
    const isExternal = graph.positions.get(to)?.annotation === "external";
    if (offer.has(from) && isExternal && edge.enforced) addUse(offer, edge);
    return;
  }
  if (!offer.has(from)) {
    if (question.fixed.includes(to) || edge.enforced)
      offer.tie(to, castAt(offer, edge, "into", castPrice(edge)), endless);
    return;
  }
  const back = solution.demands.get(from)?.because;
  const isAgainst = back?.edge === edge && back.from === to;
  const [giver, taker] = isAgainst ? [to, from] : [from, to];
  offer.tie(taker, giver, endless);
  if (uncut.has(edge)) offer.tie(giver, taker, endless);
  else addExit(offer, edge, giver, taker);
}

// A use that takes plain values alone costs a cast; a comparison does not when what is compared with is branded, too.
function addUse(offer: OpenOffer, edge: FlowEdge): void {
  const other = edge.beside?.find((position) => offer.has(position));
  if (other === undefined) {
    offer.tie(edge.from, castAt(offer, edge, "out of", 1), endless);
    return;
  }
  const exit = `${edge.from} compared ${siteKey(edge.site)}`;
  offer.add(exit, 0, 0, { kind: "cast", site: edge.site });
  offer.tie(edge.from, exit, 1);
  offer.tie(exit, other, endless);
}

// One cast for all that takes from one position at one place; taking all of them makes it needless.
function addExit(offer: OpenOffer, edge: FlowEdge, giver: PositionId, taker: PositionId): void {
  if (!edge.enforced) return;
  const exit = `all of ${giver} ${siteKey(edge.site)}`;
  const isNew = offer.add(exit, 0, 0, { kind: "cast", site: edge.site });
  if (isNew) offer.tie(giver, exit, castPrice(edge));
  offer.tie(exit, taker, endless);
}

function castAt(offer: OpenOffer, edge: FlowEdge, way: "into" | "out of", price: number): string {
  const name = `cast ${way} ${edge.from} ${siteKey(edge.site)}`;
  offer.add(name, price, 0, { kind: "cast", site: edge.site });
  return name;
}

// A branded argument costs one edit there in any case: a new name, or a cast when another argument is plain.
function addRelease(offer: OpenOffer, { question }: Solved, site: ReleaseSite): void {
  const name = `release ${siteKey(site.callee)}`;
  offer.add(name, 1, 1, { kind: "release", site });
  for (const edge of site.flows) {
    for (const parameter of question.becomes?.get(edge.to) ?? []) offer.tie(name, parameter, endless);
    if (!offer.has(edge.from)) {
      offer.tie(name, castAt(offer, edge, "into", castPrice(edge)), endless);
      continue;
    }
    offer.tie(name, edge.from, endless);
    offer.tie(edge.from, name, 1);
  }
}

const endless = Number.POSITIVE_INFINITY;

function castPrice({ declared }: FlowEdge): number {
  return declared === true ? endless : 1;
}

interface OpenOffer {
  has(name: string): boolean;
  /** Is it new? */
  add(name: string, price: number, worth: number, thing: Thing): boolean;
  tie(from: string, to: string, capacity: number): void;
  close(): ReleaseOffer;
}

function openOffer(): OpenOffer {
  const numbers = new Map<string, number>();
  const prices: number[] = [];
  const worths: number[] = [];
  const things: Thing[] = [];
  const ties = new Map<string, Arc>();
  const numberOf = (name: string) => numbers.get(name) ?? 0;
  return {
    has: (name) => numbers.has(name),
    add(name, price, worth, thing) {
      if (numbers.has(name)) return false;
      numbers.set(name, prices.length);
      prices.push(price);
      worths.push(worth);
      things.push(thing);
      return true;
    },
    tie(from, to, capacity) {
      const key = `${numberOf(from)} ${numberOf(to)} ${capacity}`;
      ties.set(key, { from: numberOf(from), to: numberOf(to), capacity });
    },
    close: () => ({ prices, worths, things, ties: [...ties.values()] }),
  };
}
