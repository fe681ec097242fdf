import { ts } from "ts-morph";

const mark = /@generated|\b(auto-?|automatically |code )generated\b|\bdo not (edit|modify)\b/i;
const known = new WeakMap<ts.SourceFile, boolean>();

/** Does a comment at the head of the file say that a tool writes it? */
export function isGenerated(file: ts.SourceFile): boolean {
  const before = known.get(file);
  if (before !== undefined) return before;
  const comments = ts.getLeadingCommentRanges(file.text, ts.getShebang(file.text)?.length ?? 0) ?? [];
  const found = comments.some(({ pos, end }) => mark.test(file.text.slice(pos, end)));
  known.set(file, found);
  return found;
}
