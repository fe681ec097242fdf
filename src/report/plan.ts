import type { PlanReport, ReportedStep } from "../engine/price/plan-report.ts";
import type { Block, Column } from "./block.ts";
import { counted } from "./counted.ts";
import { markdownOf } from "./markdown.ts";
import { shownFirst } from "./shown-first.ts";
import { type TextLook, textOf } from "./text.ts";

/** The price curve and the conversion plan for people, in lines of at most 80 columns. */
export function planText(report: PlanReport, look: TextLook): string {
  return textOf(planOutline(report), look);
}

/** The same as Markdown. */
export function planMarkdown(report: PlanReport): string {
  return markdownOf(planOutline(report));
}

function planOutline(report: PlanReport): readonly Block[] {
  const { migration, project, releases } = report;
  const question = `${migration.mode} mode, project ${project}`;
  return [
    { kind: "heading", text: `what protecting releases costs: ${migration.sources.join(", ")} -> ${migration.brand}` },
    { kind: "paragraph", text: `${question}; ${counted(releases, "release")} of what the source gives` },
    ...curveBlocks(report),
    ...planBlocks(report),
    ...callerBlocks(report),
  ];
}

function curveBlocks({ corners, plan, releases, unprotected }: PlanReport): readonly Block[] {
  if (corners.length === 0) return [paragraph("no release can be protected")];
  const between = plan.filter(({ isCorner }) => !isCorner);
  const points = [...corners.map((corner) => ({ ...corner, bound: "", what: "corner" })), ...between.map(bounded)];
  const rows = points.sort((a, b) => a.edits - b.edits || a.releases - b.releases);
  return [
    heading("the price curve"),
    paragraph(
      "Protected: the wrong release does not compile. Edits: annotations, casts and conversions. Every holder is branded " +
        "or plain; so understood, corners are exact, and between two of them nothing is above the line: what the plan " +
        "reaches is given with that bound. A union or a view can be cheaper, where many give both kinds to one that " +
        "only reads: userpage compare has both.",
    ),
    {
      kind: "table",
      columns: [number("edits"), number("protected"), number("at most"), word("by"), word("")],
      rows: rows.map(({ edits, releases: some, bound, what }) => [
        `${edits}`,
        `${some}`,
        bound,
        what,
        bar(some, releases),
      ]),
    },
    ...(unprotected.length === 0 ? [] : [paragraph(`never protected: ${unprotected.map(placed).join(", ")}`)]),
  ];
}

function bounded({ edits, releases, atMost, patch }: ReportedStep) {
  return { edits, releases, bound: `${atMost}`, what: `patch ${patch}` };
}

const barWidth = 40;

function bar(some: number, all: number): string {
  return all === 0 ? "" : "#".repeat(Math.round((barWidth * some) / all));
}

function planBlocks({ plan }: PlanReport): readonly Block[] {
  if (plan.length === 0) return [];
  return [
    heading("the conversion plan"),
    paragraph("each patch compiles; casts of earlier patches that a patch takes back are counted beside what it adds"),
    {
      kind: "table",
      columns: [number("patch"), name("folder"), ...steps.map(([title]) => number(title)), word("compiles")],
      rows: plan.map((step) => [
        `${step.patch}`,
        step.module,
        ...steps.map(([, count]) => `${count(step)}`),
        step.newDiagnostics.length === 0 ? "yes" : "no",
      ]),
    },
  ];
}

const steps: readonly (readonly [string, (step: ReportedStep) => number])[] = [
  ["releases", ({ converted }) => converted.length],
  ["types", ({ made }) => (made.annotation ?? 0) + (made.union ?? 0)],
  ["casts", ({ made }) => made.cast ?? 0],
  ["taken back", ({ takenBack }) => takenBack],
  ["files", ({ files }) => files.length],
];

function callerBlocks({ callers }: PlanReport): readonly Block[] {
  const releasing = callers.filter(({ releases }) => releases > 0);
  if (releasing.length === 0) return [];
  const { shown, rest } = shownFirst(releasing, 20);
  return [
    heading("what each caller costs"),
    paragraph("alone: if no other is converted; next: when all above it are; shared: of its positions, also another's"),
    {
      kind: "table",
      columns: [name("caller"), ...["releases", "alone", "next", "positions", "shared"].map(number)],
      rows: shown.map(({ caller, releases, alone, next, positions, shared }) => [
        caller,
        ...[releases, alone, next, positions, shared].map((each) => `${each ?? "-"}`),
      ]),
    },
    ...rest,
  ];
}

function placed({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

function heading(text: string): Block {
  return { kind: "heading", text };
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

function number(title: string): Column {
  return { title, holds: "number" };
}

function word(title: string): Column {
  return { title, holds: "word" };
}

function name(title: string): Column {
  return { title, holds: "name" };
}
