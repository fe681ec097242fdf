/** A directed arc of a flow network; its capacity is not negative and may be infinite. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/** Many arcs, as columns: a network may have a million. */
export interface Arcs {
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly capacity: Float64Array;
}

/** No arc yet, and room for so many. */
export function roomFor(most: number): Arcs {
  return { count: 0, from: new Int32Array(most), to: new Int32Array(most), capacity: new Float64Array(most) };
}

/** One more arc, for which there must be room. */
export function addArc(arcs: Arcs, from: number, to: number, capacity: number): void {
  const arc = arcs.count++;
  arcs.from[arc] = from;
  arcs.to[arc] = to;
  arcs.capacity[arc] = capacity;
}

/** A list of arcs as columns. */
export function columnsOf(list: readonly Arc[]): Arcs {
  const arcs = roomFor(list.length);
  for (const { from, to, capacity } of list) addArc(arcs, from, to, capacity);
  return arcs;
}
