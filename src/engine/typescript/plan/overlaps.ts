import type { ts } from "ts-morph";
import { applyChanges, byFile, type Edit } from "../../edit.ts";

/**
 * The edits, no two of which overlap: one inside another, as in `(() => value) as T`, becomes part of the other's text.
 * Of two that want different things of the same text the first one stays.
 */
export function withoutOverlaps(edits: readonly Edit[], sourceOf: ReadonlyMap<string, ts.SourceFile>): readonly Edit[] {
  const kept = new Map([...byFile(edits)].flatMap(([file, group]) => nested(group, sourceOf.get(file)?.text ?? "")));
  return edits.flatMap((edit) => kept.get(edit) ?? []);
}

interface Group {
  readonly outer: Edit;
  readonly inner: Edit[];
}

// Each edit that stays, and what becomes of it.
function nested(edits: readonly Edit[], source: string): readonly (readonly [Edit, Edit])[] {
  const groups: Group[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = groups.at(-1);
    if (last !== undefined && isInside(edit, last.outer)) last.inner.push(edit);
    else groups.push({ outer: edit, inner: [] });
  }
  return groups.map(({ outer, inner }) => {
    const changed = nested(inner, source).map(([, edit]) => edit);
    return [outer, changed.length === 0 ? outer : withInner(outer, changed, source)];
  });
}

// What is put at the end of a wrapped value belongs into the parentheses, what follows a type does not.
function isInside(inner: Edit, outer: Edit): boolean {
  if (outer.start === outer.end || inner.start < outer.start || inner.end > outer.end) return false;
  return isWrapping(outer) || (inner.start < outer.end && inner.end > outer.start);
}

function withInner(outer: Edit, inner: readonly Edit[], source: string): Edit {
  const written = source.slice(outer.start, outer.end);
  const [before, after, ...more] = outer.text.split(written);
  if (!isWrapping(outer) || before === undefined || after === undefined || more.length > 0) return outer;
  const shifted = inner.map((edit) => ({ ...edit, start: edit.start - outer.start, end: edit.end - outer.start }));
  return { ...outer, text: before + applyChanges(written, shifted) + after };
}

function isWrapping({ kind }: Edit): boolean {
  return kind === "cast" || kind === "mint-call";
}
