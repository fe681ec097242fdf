import type { Edit } from "./edit.ts";
import { byFile } from "./edit.ts";
import type { FlowGraph } from "./graph.ts";
import type { Churn } from "./report.ts";
import type { Solution } from "./solve.ts";

/** The price of a set of edits, each kind counted apart. */
export function countChurn(
  graph: FlowGraph,
  solution: Solution,
  edits: readonly Edit[],
  texts: ReadonlyMap<string, string>,
): Churn {
  const annotations = edits.filter(isAnnotation);
  const reached = [...solution.demands.values()];
  const carried = reached.filter(({ position }) => graph.positions.get(position)?.annotation === "inferred").length;
  const hidden = graph.hazards.filter(
    (hazard) => hazard.kind === "erased" && solution.demands.has(hazard.position),
  ).length;
  const owners = annotations.map((edit) => `${edit.file} ${ownerOf(graph, edit)}`);
  const { added, removed } = changedLines(edits, texts);
  return {
    edits: annotations.filter((edit) => !edit.test).length,
    testEdits: annotations.filter((edit) => edit.test).length,
    conversions: count(edits, "conversion"),
    casts: count(edits, "cast"),
    declarations: count(edits, "import") + count(edits, "declaration"),
    carried,
    files: byFile(edits).size,
    functions: new Set(owners).size,
    modules: new Set(edits.map((edit) => folderOf(edit.file))).size,
    linesAdded: added,
    linesRemoved: removed,
    maxDepth: Math.max(0, ...reached.map(({ depth }) => depth)),
    lower: annotations.length,
    upper: hidden === 0 ? annotations.length : Math.max(annotations.length, writtenPositions(graph)),
    underCRules: annotations.length + carried,
  };
}

function isAnnotation(edit: Edit): boolean {
  return edit.kind === "annotation" || edit.kind === "union";
}

function count(edits: readonly Edit[], kind: Edit["kind"]): number {
  return edits.filter((edit) => edit.kind === kind).length;
}

function ownerOf(graph: FlowGraph, edit: Edit): string {
  return (edit.position === null ? undefined : graph.positions.get(edit.position)?.owner) ?? "";
}

/** The folder of a file, `.` for none. */
export function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
}

function writtenPositions(graph: FlowGraph): number {
  return [...graph.positions.values()].filter(({ annotation }) => annotation === "written").length;
}

// As a line diff counts them: a line that is touched is removed once and added as what it becomes.
function changedLines(edits: readonly Edit[], texts: ReadonlyMap<string, string>): { added: number; removed: number } {
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
