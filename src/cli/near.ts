/** Up to three candidates that resemble the query, the most alike first; none when nothing does. */
export function near<Name extends string>(query: string, candidates: readonly Name[]): readonly Name[] {
  const wanted = query.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: distanceTo(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= wanted.length / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

// A part of a name counts as near, the shorter the rest the nearer.
function distanceTo(wanted: string, candidate: string): number {
  if (wanted !== "" && candidate.includes(wanted)) return 1 - wanted.length / candidate.length;
  return editDistance(wanted, candidate);
}

/** Levenshtein 1966: the fewest characters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  return [...a].reduce((above, character, row) => nextRow(above, character, row, b), indexes(b.length + 1)).at(-1) ?? 0;
}

function nextRow(above: readonly number[], character: string, row: number, b: string): readonly number[] {
  const next = [row + 1];
  for (const [i, other] of [...b].entries()) {
    const replaced = (above[i] ?? 0) + (character === other ? 0 : 1);
    next.push(Math.min(replaced, (above[i + 1] ?? 0) + 1, (next[i] ?? 0) + 1));
  }
  return next;
}

function indexes(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}
