/** The modules every generated module may import: generic code, which costs a brand nothing. */
export const libraryModules: Readonly<Record<string, string>> = {
  "src/lib/collections.ts": `export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

export function firstOf<T>(items: readonly T[], otherwise: T): T {
  return items.length > 0 ? items[0]! : otherwise;
}

export function tap<T>(value: T, use: (value: T) => void): T {
  use(value);
  return value;
}

export function pairs<A, B>(left: readonly A[], right: readonly B[]): (readonly [A, B])[] {
  return left.slice(0, right.length).map((item, i) => [item, right[i]!] as const);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
`,
  "src/lib/result.ts": `export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure<T>(message: string): Result<T> {
  return { ok: false, message };
}

export function valueOr<T>(result: Result<T>, otherwise: T): T {
  return result.ok ? result.value : otherwise;
}

export async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await work());
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}
`,
  "src/lib/repository.ts": `export interface Keyed {
  readonly key: string;
}

export abstract class Repository<T extends Keyed> {
  protected readonly items = new Map<string, T>();

  abstract readonly kind: string;

  add(item: T): this {
    this.items.set(item.key, item);
    return this;
  }

  find(key: string): T | undefined {
    return this.items.get(key);
  }

  *matching(test: (item: T) => boolean): IterableIterator<T> {
    for (const item of this.items.values()) if (test(item)) yield item;
  }

  get size(): number {
    return this.items.size;
  }
}
`,
};
