import type { Report } from "../engine/answer/report.ts";
import type { Block, Column, Table } from "./block.ts";
import { outline } from "./outline.ts";
import { linesIn, printable } from "./printable.ts";

/** A report as Markdown: the content of the text report, with headings and tables. */
export function markdownReport(report: Report): string {
  return markdownOf(outline(report));
}

/** Blocks as Markdown; text from files is escaped, names and places stand in code spans. */
export function markdownOf(blocks: readonly Block[]): string {
  return `${blocks.map((block, i) => markdownBlock(block, i === 0)).join("\n\n")}\n`;
}

function markdownBlock(block: Block, first: boolean): string {
  switch (block.kind) {
    case "heading":
      return `${first ? "#" : "##"} ${prose(block.text)}`;
    case "paragraph":
      return prose(block.text);
    case "quote":
      return linesIn(block.text)
        .map((line) => `> ${prose(line)}`)
        .join("\n");
    case "table":
      return markdownTable(block);
  }
}

function markdownTable({ columns, rows }: Table): string {
  const rule = columns.map((column) => (column.holds === "number" ? "---:" : "---"));
  const cells = rows.map((row) => row.map((cell, i) => markdownCell(columns[i], cell)));
  return [columns.map((column) => column.title), rule, ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function markdownCell(column: Column | undefined, cell: string): string {
  return column?.holds === "name" || column?.holds === "place" ? codeSpan(cell).replaceAll("|", "\\|") : prose(cell);
}

/** The text in a code span whose fence is longer than any run of backticks in it. */
function codeSpan(text: string): string {
  const runs = [...text.matchAll(/`+/gu)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${printable(text)}${space}${fence}`;
}

/** The text with all that Markdown or HTML would read as markup, or as a mention of a user, made literal. */
function prose(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>|~#]/gu, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("@", "&#64;");
}
