import type { Arcs } from "../solver/arcs.ts";
import { at, type Chains, chainsBy, end, moveChain } from "./chains.ts";

/** Items and ties while they become fewer. */
export interface OpenItems {
  readonly prices: Float64Array;
  readonly worths: Float64Array;
  /** What an item has become a part of; itself while it stands for itself, `end` when it has left. */
  readonly hosts: Int32Array;
  /** Between items as they were: whom their ends are a part of now is looked up. */
  readonly ties: Arcs;
  readonly outOf: Chains;
  readonly into: Chains;
}

/** Nothing has become fewer yet. */
export function openItems(prices: readonly number[], worths: readonly number[], ties: Arcs): OpenItems {
  return {
    prices: new Float64Array(prices),
    worths: new Float64Array(worths),
    hosts: new Int32Array(prices.map((_, item) => item)),
    ties,
    outOf: chainsBy(ties.from, ties.count, prices.length),
    into: chainsBy(ties.to, ties.count, prices.length),
  };
}

/** Does an item stand for itself? */
export function isOpen({ hosts }: OpenItems, item: number): boolean {
  return at(hosts, item) === item;
}

/** Whom an item is a part of; `end` if that has left. */
export function hostOf({ hosts }: OpenItems, item: number): number {
  for (let part = item; ; ) {
    const host = at(hosts, part);
    if (host === part || host === end) return host;
    // The way is halved as it is walked.
    const further = at(hosts, host);
    if (further !== end) hosts[part] = further;
    part = host;
  }
}

/** Makes an item a part of another: what they cost, are worth and are tied to comes together. */
export function contract({ prices, worths, hosts, outOf, into }: OpenItems, item: number, host: number): void {
  prices[host] = at(prices, host) + at(prices, item);
  worths[host] = at(worths, host) + at(worths, item);
  hosts[item] = host;
  moveChain(outOf, item, host);
  moveChain(into, item, host);
}
