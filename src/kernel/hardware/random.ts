/**
 * Stands for nothing in the kernel: the source of every choice that real hardware would make by chance.
 *
 * Modelled: one seeded stream (the generator known as mulberry32), so a run can be repeated exactly.
 */

const stream = { state: 1 };

/** seedRandom() - start the stream over */
export function seedRandom(seed: number): void {
  stream.state = seed >>> 0;
}

/** randomBelow() - the next whole number of the stream in [0, limit) */
export function randomBelow(limit: number): number {
  stream.state = (stream.state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(stream.state ^ (stream.state >>> 15), stream.state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}
