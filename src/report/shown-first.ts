import type { Block } from "./block.ts";

/** The first of many items, and the words for those left out; a list of one more than the limit is shown whole. */
export function shownFirst<Item>(
  items: readonly Item[],
  limit: number,
): { readonly shown: readonly Item[]; readonly rest: readonly Block[] } {
  if (items.length <= limit + 1) return { shown: items, rest: [] };
  const text = `and ${items.length - limit} more (--format json lists all)`;
  return { shown: items.slice(0, limit), rest: [{ kind: "paragraph", text }] };
}
