/** Numbers in lists, one list per key: `next` leads from one to another, from the key's `first` to its `last`. */
export interface Chains {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly next: Int32Array;
  readonly lengths: Int32Array;
}

/** What ends a list, and is the first and the last of an empty one. */
export const end = -1;

/** The numbers 0 … `count` - 1, number i in the list of `keys[i]`. */
export function chainsBy(keys: Int32Array, count: number, lists: number): Chains {
  const chains = {
    first: new Int32Array(lists).fill(end),
    last: new Int32Array(lists).fill(end),
    next: new Int32Array(count).fill(end),
    lengths: new Int32Array(lists),
  };
  for (let number = 0; number < count; number++) append(chains, at(keys, number), number, number, 1);
  return chains;
}

/** Moves a whole list to the end of another, in no time. */
export function moveChain(chains: Chains, from: number, to: number): void {
  const { first, last, lengths } = chains;
  if (at(first, from) === end) return;
  append(chains, to, at(first, from), at(last, from), at(lengths, from));
  first[from] = end;
  last[from] = end;
  lengths[from] = 0;
}

/** Takes out the number that follows `before` in a list, or its first one when that is the `end`. */
export function dropAfter({ first, last, next, lengths }: Chains, list: number, before: number): void {
  const dropped = before === end ? at(first, list) : at(next, before);
  if (before === end) first[list] = at(next, dropped);
  else next[before] = at(next, dropped);
  if (at(last, list) === dropped) last[list] = before;
  lengths[list] = at(lengths, list) - 1;
}

/** What stands at a place that is known to exist. */
export function at(list: Int32Array | Float64Array | Uint8Array, place: number): number {
  return list[place] ?? end;
}

function append(
  { first, last, next, lengths }: Chains,
  list: number,
  start: number,
  stop: number,
  count: number,
): void {
  if (at(first, list) === end) first[list] = start;
  else next[at(last, list)] = start;
  last[list] = stop;
  lengths[list] = at(lengths, list) + count;
}
