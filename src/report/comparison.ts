import type { ComparedStrategy, Comparison } from "../engine/compare.ts";
import type { Block, Column } from "./block.ts";
import { counted } from "./counted.ts";
import { questionBlocks } from "./figures.ts";
import { markdownOf } from "./markdown.ts";
import { type TextLook, textOf } from "./text.ts";

/** The strategies side by side for people, in lines of at most 80 columns. */
export function comparisonText(comparison: Comparison, look: TextLook): string {
  return textOf(outline(comparison), look);
}

/** The same as Markdown. */
export function comparisonMarkdown(comparison: Comparison): string {
  return markdownOf(outline(comparison));
}

function outline(comparison: Comparison): readonly Block[] {
  const { releases, strategies, refused } = comparison;
  return [
    ...questionBlocks(comparison),
    { kind: "paragraph", text: `${counted(releases, "release")} of what the source gives` },
    { kind: "heading", text: "what each strategy changes" },
    tableOf(strategies, changes),
    { kind: "heading", text: "how far it goes, and what it buys" },
    tableOf(strategies, reach),
    { kind: "paragraph", text: "protected: releases of which the wrong one does not compile" },
    { kind: "heading", text: "the strategies" },
    ...strategies.map(({ strategy, words }): Block => ({ kind: "paragraph", text: `${strategy}: ${words}` })),
    ...refused.map(
      ({ strategy, words, why }): Block => ({ kind: "paragraph", text: `${strategy}: ${words} (not here: ${why})` }),
    ),
  ];
}

type Cell = readonly [title: string, valueOf: (compared: ComparedStrategy) => number | string];

const changes: readonly Cell[] = [
  ["types", ({ report }) => report.churn.edits + report.churn.testEdits],
  ["unions", ({ report }) => report.edits.filter(({ kind }) => kind === "union").length],
  ["casts", ({ report }) => report.churn.casts],
  ["conversions", ({ report }) => report.churn.conversions],
  ["declarations", ({ report }) => report.churn.declarations],
  ["lines", ({ report }) => `+${report.churn.linesAdded} -${report.churn.linesRemoved}`],
];

const reach: readonly Cell[] = [
  ["files", ({ report }) => report.churn.files],
  ["modules", ({ report }) => report.churn.modules],
  ["depth", ({ report }) => report.churn.maxDepth],
  ["protected", (compared) => compared.protected],
  ["new complaints", ({ report }) => report.verdict?.newDiagnostics.length ?? "not asked"],
  ["judged in", ({ judged }) => `${(judged / 1000).toFixed(2)} s`],
];

function tableOf(strategies: readonly ComparedStrategy[], cells: readonly Cell[]): Block {
  const numbers = cells.map(([title]): Column => ({ title, holds: "number" }));
  return {
    kind: "table",
    columns: [{ title: "strategy", holds: "word" }, ...numbers],
    rows: strategies.map((compared) => [compared.strategy, ...cells.map(([, cellOf]) => `${cellOf(compared)}`)]),
  };
}
