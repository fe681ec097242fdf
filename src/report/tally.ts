import type { Report } from "../engine/answer/report.ts";
import type { Edit } from "../engine/edit.ts";
import type { Block, Table } from "./block.ts";
import { groupBy } from "./group-by.ts";
import { shownFirst } from "./shown-first.ts";

/** Everything that changes text, by what it does and why it is needed. */
export function editsByKind(report: Report): Table {
  const groups = groupBy(changes(report), (edit) => edit.kind);
  return {
    kind: "table",
    columns: [{ title: "edits by kind", holds: "word" }, ...numbers("all", "forced", "flow", "boundary", "in tests")],
    rows: [...groups]
      .sort(mostFirst)
      .map(([kind, edits]) => [
        kind,
        count(edits, () => true),
        count(edits, (edit) => edit.class === "forced"),
        count(edits, (edit) => edit.class === "flow"),
        count(edits, (edit) => edit.class === "boundary"),
        count(edits, (edit) => edit.test),
      ]),
  };
}

/** Everything that changes text, by the folder it is in. */
export function editsByModule(report: Report): readonly Block[] {
  const groups = [...groupBy(changes(report), (edit) => folderOf(edit.file))].sort(mostFirst);
  const { shown, rest } = shownFirst(groups, 12);
  const table: Table = {
    kind: "table",
    columns: [{ title: "edits by module", holds: "name" }, ...numbers("all", "conversions", "casts", "files")],
    rows: shown.map(([folder, edits]) => [
      folder,
      count(edits, () => true),
      count(edits, (edit) => edit.kind === "conversion"),
      count(edits, (edit) => edit.kind === "cast"),
      `${new Set(edits.map((edit) => edit.file)).size}`,
    ]),
  };
  return [table, ...rest];
}

function changes(report: Report): readonly Edit[] {
  return [...report.edits, ...report.conversions];
}

function numbers(...titles: readonly string[]): Table["columns"] {
  return titles.map((title) => ({ title, holds: "number" }));
}

function count(edits: readonly Edit[], is: (edit: Edit) => boolean): string {
  return `${edits.filter(is).length}`;
}

function mostFirst(a: readonly [string, readonly Edit[]], b: readonly [string, readonly Edit[]]): number {
  return b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1);
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "." : file.slice(0, slash);
}
