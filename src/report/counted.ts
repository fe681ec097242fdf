/** A number and its noun: `1 obstacle`, `2 obstacles`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
