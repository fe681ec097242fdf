import type { Arc } from "../min-cut.ts";

/** Items that ties connect, and their ties between places in `items`. */
export interface Component {
  readonly items: readonly number[];
  readonly ties: readonly Arc[];
}

/** The parts of a graph over items 0 … `count` - 1 that no tie connects. */
export function components(count: number, ties: readonly Arc[]): readonly Component[] {
  const leaders = Int32Array.from({ length: count }, (_, item) => item);
  for (const { from, to } of ties) leaders[leaderOf(leaders, from)] = leaderOf(leaders, to);
  const parts = new Map<number, { items: number[]; ties: Arc[] }>();
  const partAt = (item: number) => {
    const leader = leaderOf(leaders, item);
    const known = parts.get(leader);
    if (known !== undefined) return known;
    const part = { items: [], ties: [] };
    parts.set(leader, part);
    return part;
  };
  const places = Int32Array.from({ length: count }, (_, item) => partAt(item).items.push(item) - 1);
  const placeOf = (item: number) => places[item] ?? 0;
  for (const { from, to, capacity } of ties) {
    partAt(from).ties.push({ from: placeOf(from), to: placeOf(to), capacity });
  }
  return [...parts.values()];
}

// Union and find, with paths halved on the way.
function leaderOf(leaders: Int32Array, item: number): number {
  let at = item;
  for (let next = leaders[at] ?? at; next !== at; next = leaders[at] ?? at) {
    leaders[at] = leaders[next] ?? next;
    at = next;
  }
  return at;
}
