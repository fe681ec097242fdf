import { type Arcs, addArc, roomFor } from "../solver/arcs.ts";
import { at, end } from "./chains.ts";

/** Items that ties connect, and their ties between places in `items`. */
export interface Component {
  readonly items: readonly number[];
  readonly ties: Arcs;
}

/** The parts of a graph over items 0 … `count` - 1 that no tie connects. */
export function components(count: number, ties: Arcs): readonly Component[] {
  const leaders = leadersOf(count, ties);
  const numbers = new Int32Array(count).fill(end);
  const places = new Int32Array(count);
  const items: number[][] = [];
  for (let item = 0; item < count; item++) {
    const leader = leaderOf(leaders, item);
    if (numbers[leader] === end) numbers[leader] = items.push([]) - 1;
    numbers[item] = at(numbers, leader);
    places[item] = (items[at(numbers, item)]?.push(item) ?? 0) - 1;
  }
  const tiesOf = split(ties, numbers, places, items.length);
  return items.map((each, number) => ({ items: each, ties: tiesOf[number] ?? roomFor(0) }));
}

function split({ count, from, to, capacity }: Arcs, numbers: Int32Array, places: Int32Array, parts: number): Arcs[] {
  const sizes = new Int32Array(parts);
  for (let tie = 0; tie < count; tie++) {
    const number = at(numbers, at(from, tie));
    sizes[number] = at(sizes, number) + 1;
  }
  const result = Array.from(sizes, roomFor);
  for (let tie = 0; tie < count; tie++) {
    const ties = result[at(numbers, at(from, tie))];
    if (ties !== undefined) addArc(ties, at(places, at(from, tie)), at(places, at(to, tie)), at(capacity, tie));
  }
  return result;
}

// Union and find, with paths halved on the way.
function leadersOf(count: number, ties: Arcs): Int32Array {
  const leaders = Int32Array.from({ length: count }, (_, item) => item);
  for (let tie = 0; tie < ties.count; tie++) {
    leaders[leaderOf(leaders, at(ties.from, tie))] = leaderOf(leaders, at(ties.to, tie));
  }
  return leaders;
}

function leaderOf(leaders: Int32Array, item: number): number {
  let found = item;
  for (let next = at(leaders, found); next !== found; next = at(leaders, found)) {
    leaders[found] = at(leaders, next);
    found = next;
  }
  return found;
}
