import type { Churn, Report } from "../engine/report.ts";
import type { Block, Table } from "./block.ts";

/** What was asked, in one or two sentences. */
export function questionBlocks(report: Report): readonly Block[] {
  const { migration } = report;
  const base = migration.base === undefined ? "what the source returns" : migration.base;
  const sinks: Block = { kind: "paragraph", text: `sinks ${migration.sinks.join(", ")}` };
  return [
    { kind: "heading", text: `${migration.sources.join(", ")} -> ${migration.brand}` },
    { kind: "paragraph", text: `${migration.mode} mode, base ${base}, project ${report.project}` },
    ...(migration.sinks.length === 0 ? [] : [sinks]),
  ];
}

/** The price, one kind a row, never added up. */
export function figures(churn: Churn): Table {
  const rows: readonly (readonly [string, string])[] = [
    [`${churn.edits}`, "edits to annotations"],
    ...bounds(churn),
    [`${churn.testEdits}`, "edits to annotations in tests"],
    [`${churn.conversions}`, "conversions of release calls"],
    [`${churn.casts}`, churn.testCasts === 0 ? "casts" : `casts, ${churn.testCasts} of them in tests`],
    ...(churn.mintCalls === 0
      ? []
      : [[`${churn.mintCalls}`, "calls of the mint helper in tests, for a cast each"] as const]),
    [`${churn.declarations}`, "new declarations and imports"],
    [`${churn.carried}`, "positions carried by inference, for nothing"],
    [`${churn.maxDepth}`, "hops to the deepest position"],
    [`${churn.files}`, "files"],
    [`${churn.functions}`, "functions"],
    [`${churn.modules}`, "modules (folders)"],
    [`+${churn.linesAdded} -${churn.linesRemoved}`, "lines"],
    [`${churn.underCRules}`, "edits under C's rules, where nothing is inferred"],
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

// A row of its own: the range would not be understood without its reason.
function bounds({ lower, upper }: Churn): readonly (readonly [string, string])[] {
  return lower === upper ? [] : [[`${lower} to ${upper}`, "of them at least and at most: something hides the rest"]];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
