import type { PositionId } from "./graph/graph.ts";

/** `forced`: the compiler demands it. `flow`: the brand would be lost here, silently. `boundary`: a cast in or out. */
export type EditClass = "forced" | "flow" | "boundary";

/** What an edit does to the text. `mint-call` hands a value to the function that mints, where a cast would stand else. */
export type EditKind = "annotation" | "union" | "cast" | "mint-call" | "conversion" | "import" | "declaration";

/** A replacement of `[start, end)` (UTF-16 offsets into the file as it was) by `text`. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly position: PositionId | null;
  readonly kind: EditKind;
  readonly class: EditClass;
  readonly reason: string;
  /** Would the compiler complain without this edit? */
  readonly enforced: boolean;
  readonly test: boolean;
}

/** A replacement, as far as the text is concerned. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text with all changes applied, in any order they come. Insertions at the same offset keep their order.
 * @throws Error when two changes overlap or one lies outside the text: applying either half would corrupt the file.
 */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let end = 0;
  for (const change of sorted) {
    if (change.start < end || change.end < change.start || change.end > text.length) {
      throw new Error(`change [${change.start}, ${change.end}) overlaps another one or leaves the text`);
    }
    parts.push(text.slice(end, change.start), change.text);
    end = change.end;
  }
  return parts.join("") + text.slice(end);
}

/** The same items, by the file they are in. */
export function byFile<Item extends { readonly file: string }>(items: readonly Item[]): Map<string, Item[]> {
  const files = new Map<string, Item[]>();
  for (const item of items) {
    const group = files.get(item.file);
    if (group === undefined) files.set(item.file, [item]);
    else group.push(item);
  }
  return files;
}
