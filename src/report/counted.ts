/** A number and its noun: `1 obstacle`, `2 obstacles`. */
export function counted(count: number, noun: string): string {
  return `${count} ${worded(count, noun, `${noun}s`)}`;
}

/** The words that go with a number. */
export function worded(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
