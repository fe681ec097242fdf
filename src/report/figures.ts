import type { Churn, Report } from "../engine/answer/report.ts";
import type { Block, Table } from "./block.ts";
import { worded } from "./counted.ts";

/** What was asked, in one or two sentences. */
export function questionBlocks(report: Pick<Report, "migration" | "project">): readonly Block[] {
  const { migration } = report;
  const base = migration.base === undefined ? "what the source returns" : migration.base;
  const sinks: Block = { kind: "paragraph", text: `sinks ${migration.sinks.join(", ")}` };
  return [
    { kind: "heading", text: `${migration.sources.join(", ")} -> ${migration.brand}` },
    { kind: "paragraph", text: `${migration.mode} mode, base ${base}, project ${report.project}` },
    ...(migration.sinks.length === 0 ? [] : [sinks]),
  ];
}

type Row = readonly [string, string];

const underC = "under C's rules, where nothing is inferred";

/** The price, one kind a row, never added up. */
export function figures(churn: Churn): Table {
  const rows: readonly Row[] = [
    row(churn.edits, "edit to an annotation", "edits to annotations"),
    ...bounds(churn),
    row(churn.testEdits, "edit to an annotation in tests", "edits to annotations in tests"),
    row(churn.conversions, "conversion of a release call", "conversions of release calls"),
    casts(churn),
    ...mintCalls(churn),
    row(churn.declarations, "new declaration or import", "new declarations and imports"),
    row(churn.carried, "position carried by inference, for nothing", "positions carried by inference, for nothing"),
    row(churn.maxDepth, "hop to the deepest position", "hops to the deepest position"),
    row(churn.files, "file", "files"),
    row(churn.functions, "function", "functions"),
    row(churn.modules, "module (folder)", "modules (folders)"),
    [`+${churn.linesAdded} -${churn.linesRemoved}`, "lines"],
    row(churn.underCRules, `edit ${underC}`, `edits ${underC}`),
  ];
  return {
    kind: "table",
    columns: [
      { title: "", holds: "number" },
      { title: "", holds: "word" },
    ],
    rows,
  };
}

/** Where the time went. */
export function timeBlock(report: Report): Block {
  const { totalMs, ...phases } = report.timings;
  const parts = Object.entries(phases).map(([phase, milliseconds]) => `${phase} ${seconds(milliseconds)}`);
  return { kind: "paragraph", text: `${seconds(totalMs)} s in all: ${parts.join(", ")}` };
}

function row(count: number, one: string, many: string): Row {
  return [`${count}`, worded(count, one, many)];
}

function casts({ casts, testCasts }: Churn): Row {
  if (testCasts === 0) return row(casts, "cast", "casts");
  return row(casts, "cast, in a test", `casts, ${testCasts} of them in tests`);
}

function mintCalls({ mintCalls }: Churn): readonly Row[] {
  if (mintCalls === 0) return [];
  return [
    row(
      mintCalls,
      "call of the mint helper in a test, for a cast",
      "calls of the mint helper in tests, for a cast each",
    ),
  ];
}

// A row of its own: the range would not be understood without its reason.
function bounds({ lower, upper }: Churn): readonly Row[] {
  return lower === upper ? [] : [[`${lower} to ${upper}`, "of them at least and at most: something hides the rest"]];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
