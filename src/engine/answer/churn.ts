import { byFile, type Edit } from "../edit.ts";
import type { FlowGraph } from "../graph/graph.ts";
import type { Change, Solved } from "./changes.ts";
import { mostEdits } from "./most-edits.ts";
import type { Churn } from "./report.ts";

/** What the price counts of an edit. */
export type Priced = Omit<Change, "line">;

/** Lines as a line diff counts them. */
export interface ChangedLines {
  readonly added: number;
  readonly removed: number;
}

/** The price of a set of edits, each kind counted apart. */
export function countChurn(solved: Solved, edits: readonly Priced[], { added, removed }: ChangedLines): Churn {
  const { graph, solution } = solved;
  const annotations = edits.filter(isAnnotation);
  const reached = [...solution.demands.values()];
  const carried = reached.filter(({ position }) => graph.positions.get(position)?.annotation === "inferred").length;
  const owners = annotations.map((edit) => `${edit.file} ${ownerOf(graph, edit)}`);
  return {
    edits: annotations.filter((edit) => !edit.test).length,
    testEdits: annotations.filter((edit) => edit.test).length,
    conversions: count(edits, "conversion"),
    casts: count(edits, "cast"),
    testCasts: count(
      edits.filter((edit) => edit.test),
      "cast",
    ),
    mintCalls: count(edits, "mint-call"),
    declarations: count(edits, "import") + count(edits, "declaration"),
    carried,
    files: byFile(edits).size,
    functions: new Set(owners).size,
    modules: new Set(edits.map((edit) => folderOf(edit.file))).size,
    linesAdded: added,
    linesRemoved: removed,
    maxDepth: Math.max(0, ...reached.map(({ depth }) => depth)),
    lower: annotations.length,
    upper: Math.max(annotations.length, mostEdits(solved)),
    underCRules: annotations.length + carried,
  };
}

function isAnnotation(edit: Priced): boolean {
  return edit.kind === "annotation" || edit.kind === "union";
}

function count(edits: readonly Priced[], kind: Edit["kind"]): number {
  return edits.filter((edit) => edit.kind === kind).length;
}

function ownerOf(graph: FlowGraph, edit: Priced): string {
  return (edit.position === null ? undefined : graph.positions.get(edit.position)?.owner) ?? "";
}

/** The folder of a file, `.` for none. */
export function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
}

/** As a line diff counts them: a line that is touched is removed once and added as what it becomes. */
export function changedLines(edits: readonly Edit[], texts: ReadonlyMap<string, string>): ChangedLines {
  let added = 0;
  let removed = 0;
  for (const [file, group] of byFile(edits)) {
    const text = texts.get(file) ?? "";
    const touched = new Set<number>();
    for (const edit of group) {
      const first = lineAt(text, edit.start);
      const last = lineAt(text, edit.end);
      const newLines = edit.text.split("\n").length - 1;
      const isWholeInsertion = edit.start === edit.end && newLines > 0;
      added += isWholeInsertion ? newLines : newLines - (last - first);
      if (!isWholeInsertion) for (let line = first; line <= last; line++) touched.add(line);
    }
    added += touched.size;
    removed += touched.size;
  }
  return { added, removed };
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
