import { type Arc, addArc, roomFor } from "../solver/arcs.ts";
import { type MinimumCut, minimumCut } from "../solver/min-cut.ts";
import { at } from "./chains.ts";
import { components } from "./components.ts";
import { type Part, restricted, total, wholePart } from "./part.ts";
import { simplify } from "./simplify.ts";

/**
 * Items to choose from. Choosing item i costs prices[i], which may be infinite, and is worth worths[i]; a tie is paid
 * when `from` is chosen and `to` is not, so an infinite one makes `from` require `to`. All finite numbers are whole and
 * not negative.
 */
export interface Offer {
  readonly prices: readonly number[];
  readonly worths: readonly number[];
  readonly ties: readonly Arc[];
}

/** What one corner of the hull adds to the one before it; the first one adds to nothing. */
export interface Step {
  readonly price: number;
  readonly worth: number;
  readonly items: readonly number[];
}

/**
 * The lower convex hull of price against worth, from nothing to all that can be had, as the steps between its corners,
 * the best bargain first. The choice at a corner is the cheapest of its worth and contains the corners before it.
 *
 * It is the maximum-weight closure for every exchange rate λ of worth into price at once. Between two known corners the
 * rate at which both are as good is asked with a minimum cut: either nothing is better, or the cut is a corner between
 * them, and divides the items into what it contains and the rest. Both are asked further, each alone, since what is
 * decided is contracted. Parts without a tie between them are asked apart and their steps merged.
 *
 * Sources: J.-C. Picard, "Maximal closure of a graph and applications to combinatorial problems" (1976); G. Gallo,
 * M. Grigoriadis, R. Tarjan, "A fast parametric maximum flow algorithm and applications" (1989); M. Eisner, D. Severance,
 * "Mathematical techniques for efficient record segmentation in large shared databases" (1976), for the rates asked.
 */
export function hullOf(offer: Offer): readonly Step[] {
  const { members, prices, worths, ties } = simplify(offer.prices, offer.worths, offer.ties);
  const parts = components(prices.length, ties);
  const steps = merged(parts.flatMap((component) => stepsOf(wholePart(prices, worths, component))));
  return steps.map((step) => ({ ...step, items: step.items.flatMap((item) => members[item] ?? []) }));
}

function stepsOf(part: Part): readonly Step[] {
  if (total(part.worths) === 0) return [];

  const all = choose(part, { price: endless, worth: 1 }).smallest();
  const steps: Step[] = [];
  const open = [restricted(part, all, "kept")];
  // The list grows while it is worked off.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const worth = total(next.worths);
    if (worth === 0) continue;

    const leaving = total(next.leaving);
    const price = total(next.prices) - leaving;
    const cut = choose(next, { price, worth });
    const isStraight = cut.value === worth * leaving + price * worth;
    if (isStraight) steps.push({ price, worth, items: next.items });
    else {
      const chosen = cut.smallest();
      open.push(restricted(next, chosen, "kept"), restricted(next, chosen, "chosen"));
    }
  }
  return steps;
}

const endless = Number.POSITIVE_INFINITY;

/** How much price one unit of worth may cost, as a fraction of whole numbers. */
interface Rate {
  readonly price: number;
  readonly worth: number;
}

// All capacities times rate.worth, so that they stay whole. The source's side is chosen.
function choose({ items, prices, leaving, worths, ties }: Part, rate: Rate): MinimumCut {
  const source = items.length;
  const sink = source + 1;
  const arcs = roomFor(ties.count + 2 * items.length);
  for (let item = 0; item < source; item++) {
    const worth = at(worths, item);
    const against = rate.worth * at(leaving, item) + (worth === 0 ? 0 : rate.price * worth);
    const price = rate.worth * at(prices, item);
    if (against > 0) addArc(arcs, source, item, against);
    if (price > 0) addArc(arcs, item, sink, price);
  }
  const { count, from, to, capacity } = ties;
  for (let tie = 0; tie < count; tie++) addArc(arcs, at(from, tie), at(to, tie), rate.worth * at(capacity, tie));
  return minimumCut(sink + 1, arcs, source, sink);
}

// Steps at one rate are one step: every choice of them lies on one line.
function merged(steps: readonly Step[]): readonly Step[] {
  const sorted = [...steps].sort((a, b) => a.price * b.worth - b.price * a.worth);
  const result: Step[] = [];
  for (const step of sorted) {
    const last = result.at(-1);
    if (last === undefined || last.price * step.worth !== step.price * last.worth) result.push(step);
    else
      result[result.length - 1] = {
        price: last.price + step.price,
        worth: last.worth + step.worth,
        items: [...last.items, ...step.items],
      };
  }
  return result;
}
