import type { Arcs } from "../solver/arcs.ts";
import { at, type Chains, end } from "./chains.ts";

/**
 * By item, one of all that require each other, in a circle of infinite ties; itself where nothing does. The ties are
 * chained by where they lead from and to.
 * Source: S. R. Kosaraju's algorithm, in M. Sharir, "A strong-connectivity algorithm and its applications in data flow
 * analysis" (1981).
 */
export function mutuallyRequired(ties: Arcs, outOf: Chains, into: Chains): Int32Array {
  const order = requiredFirst(ties, outOf);
  const leaders = new Int32Array(order.length).fill(end);
  const stack: number[] = [];
  for (let place = order.length - 1; place >= 0; place--) {
    const leader = at(order, place);
    if (at(leaders, leader) !== end) continue;
    leaders[leader] = leader;
    stack.push(leader);
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      for (let tie = at(into.first, item); tie !== end; tie = at(into.next, tie)) {
        const from = at(ties.from, tie);
        if (at(ties.capacity, tie) !== endless || at(leaders, from) !== end) continue;
        leaders[from] = leader;
        stack.push(from);
      }
    }
  }
  return leaders;
}

const endless = Number.POSITIVE_INFINITY;

// Depth-first, each item after all it requires, circles aside; with a stack of its own, since ways may be long.
function requiredFirst(ties: Arcs, { first, next }: Chains): Int32Array {
  const order = new Int32Array(first.length);
  const current = first.slice();
  const isMet = new Uint8Array(first.length);
  let finished = 0;
  const stack: number[] = [];
  for (let start = 0; start < first.length; start++) {
    if (at(isMet, start) === 1) continue;
    isMet[start] = 1;
    stack.push(start);
    for (let item = stack.at(-1); item !== undefined; item = stack.at(-1)) {
      const tie = at(current, item);
      if (tie === end) {
        order[finished++] = item;
        stack.pop();
        continue;
      }
      current[item] = at(next, tie);
      const to = at(ties.to, tie);
      if (at(ties.capacity, tie) !== endless || at(isMet, to) === 1) continue;
      isMet[to] = 1;
      stack.push(to);
    }
  }
  return order;
}
