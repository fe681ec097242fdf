/** Text put before and after a range of a file; an empty range is a place. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/**
 * The text with everything inserted. Ranges nest, as those of a syntax tree do; of two equal ones the first is around
 * the second, and what is put at a place comes before what begins there.
 */
export function insertInto(text: string, insertions: readonly Insertion[]): string {
  const isPlace = ({ start, end }: Insertion) => start === end;
  const sorted = [...insertions].sort(
    (a, b) => a.start - b.start || Number(isPlace(b)) - Number(isPlace(a)) || b.end - a.end,
  );
  const parts: string[] = [];
  const open: Insertion[] = [];
  let at = 0;
  const copyTo = (offset: number): void => {
    parts.push(text.slice(at, offset));
    at = offset;
  };
  const closeBefore = (offset: number): void => {
    for (let last = open.at(-1); last !== undefined && last.end <= offset; last = open.at(-1)) {
      copyTo(last.end);
      parts.push(last.after);
      open.pop();
    }
  };
  for (const insertion of sorted) {
    closeBefore(insertion.start);
    copyTo(insertion.start);
    parts.push(insertion.before);
    if (isPlace(insertion)) parts.push(insertion.after);
    else open.push(insertion);
  }
  closeBefore(text.length);
  copyTo(text.length);
  return parts.join("");
}
