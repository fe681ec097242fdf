import type { ts } from "ts-morph";

const directive = /(?:\/\/\/?|\/\*|^\s*\*)[\s/*]*@ts-(?:expect-error|ignore)\b/;
const skipped = /^\s*(?:\/\/.*)?$/;
const known = new WeakMap<ts.SourceFile, ReadonlySet<number>>();

/** Does a comment before the line, `// @ts-expect-error` or `// @ts-expect-error`, keep the compiler from complaining of it? */
export function isSilenced(node: ts.Node): boolean {
  const file = node.getSourceFile();
  const lines = known.get(file) ?? silencedLines(file.text);
  known.set(file, lines);
  return lines.size > 0 && lines.has(file.getLineAndCharacterOfPosition(node.getStart(file)).line);
}

// From such a comment the compiler looks on over empty lines and other comments.
function silencedLines(text: string): ReadonlySet<number> {
  if (!text.includes("@ts-")) return new Set();
  const lines = text.split(/\r?\n/);
  const directives = lines.flatMap((line, i) => (directive.test(line) ? [i] : []));
  return new Set(
    directives.map((at) => {
      const next = lines.slice(at + 1).findIndex((line) => !skipped.test(line));
      return at + 1 + Math.max(next, 0);
    }),
  );
}
