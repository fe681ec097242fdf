import type { ts } from "ts-morph";

/** Two types that a walk has come to, and those it came from. */
export interface Trail {
  readonly source: ts.Type;
  readonly target: ts.Type;
  readonly before: Trail | undefined;
}

/**
 * Are the two the same or made of the ones before them, on and on, as in `interface Chain<T> { next: Chain<T[]> }`? What
 * the first few hold, all do. The compiler ends its own comparison by the same rule: three times the same declaration,
 * and no type older than the last.
 */
export function isExpanding(trail: Trail): boolean {
  return isRepeated(trail, ({ source }) => source) && isRepeated(trail, ({ target }) => target);
}

const mostTimes = 3;

function isRepeated(trail: Trail, side: (trail: Trail) => ts.Type): boolean {
  const symbol: ts.Symbol | undefined = side(trail).symbol;
  if (symbol === undefined) return false;
  let times = 1;
  let last = idOf(side(trail));
  for (let each = trail.before; each !== undefined && times < mostTimes; each = each.before) {
    const type = side(each);
    if (type.symbol !== symbol || idOf(type) > last) continue;
    last = idOf(type);
    times++;
  }
  return times === mostTimes;
}

/** The number that the compiler gives to a type when it is first made. */
export function idOf(type: ts.Type): number {
  return (type as ts.Type & { readonly id: number }).id;
}
