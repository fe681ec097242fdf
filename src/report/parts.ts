import type { Report, ReportedPart } from "../engine/answer/report.ts";
import type { Block, Column } from "./block.ts";

/** The parts of the project: what the answer to the whole changes in each, and what each would cost alone. */
export function partBlocks({ parts }: Report): readonly Block[] {
  if (parts.length === 0) return [];
  const asked = parts.filter(({ alone }) => alone !== null);
  return [
    { kind: "heading", text: "the parts, each asked alone" },
    { kind: "paragraph", text: "told: releases told apart, of all that the brand reaches; mixed, erased: obstacles" },
    tableOf(asked, aloneCells),
    { kind: "heading", text: "the parts' own share of the whole" },
    { kind: "paragraph", text: "edits in the part's own files; a part without a source of its own has a dash alone" },
    tableOf(parts, wholeCells),
  ];
}

type Cell = readonly [title: string, cellOf: (part: ReportedPart) => string | number];

const aloneCells: readonly Cell[] = [
  ["hops", ({ alone }) => alone?.churn.maxDepth ?? ""],
  ["types", ({ alone }) => (alone === null ? "" : alone.churn.edits)],
  ["casts", ({ alone }) => alone?.churn.casts ?? ""],
  ["told", ({ alone }) => (alone === null ? "" : toldApart(alone))],
  ["mixed", ({ alone }) => alone?.mixed ?? ""],
  ["erased", ({ alone }) => alone?.erased ?? ""],
  ["functions", ({ alone }) => alone?.churn.functions ?? ""],
  ["files", ({ alone }) => alone?.churn.files ?? ""],
  ["compiles", ({ alone }) => compiles(alone)],
];

const wholeCells: readonly Cell[] = [
  ["types", ({ own }) => own.edits],
  ["of them unions", ({ own }) => own.unions],
  ["casts", ({ own }) => own.casts],
  ["conversions", ({ own }) => own.conversions],
  ["types alone", ({ alone }) => alone?.churn.edits ?? "-"],
];

function toldApart({ churn, mixedReleases }: NonNullable<ReportedPart["alone"]>): string {
  return `${churn.conversions}/${churn.conversions + mixedReleases}`;
}

function compiles(alone: ReportedPart["alone"]): string {
  const verdict = alone?.verdict ?? null;
  if (verdict === null) return "not asked";
  return verdict.newDiagnostics.length === 0 ? "yes" : `${verdict.newDiagnostics.length} new`;
}

function tableOf(parts: readonly ReportedPart[], cells: readonly Cell[]): Block {
  const numbers = cells.map(([title]): Column => ({ title, holds: "number" }));
  return {
    kind: "table",
    columns: [{ title: "part", holds: "name" }, ...numbers],
    rows: parts.map((part) => [part.name, ...cells.map(([, cellOf]) => `${cellOf(part)}`)]),
  };
}
