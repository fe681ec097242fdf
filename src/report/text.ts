import type { Report } from "../engine/answer/report.ts";
import type { Block } from "./block.ts";
import { wrap } from "./fit.ts";
import { outline } from "./outline.ts";
import { linesIn, printable } from "./printable.ts";
import { textTable } from "./text-table.ts";

/** How the text meets its terminal. */
export interface TextLook {
  /** Columns of the terminal; lines never take more than 80. */
  readonly columns: number;
  /** Marks a heading; the identity where there is no colour. */
  readonly emphasize: (text: string) => string;
}

/** A report for people, in lines of at most 80 columns. */
export function textReport(report: Report, look: TextLook): string {
  return textOf(outline(report), look);
}

/** Blocks as lines: a blank line before each heading, paragraphs wrapped, tables aligned. */
export function textOf(blocks: readonly Block[], look: TextLook): string {
  const width = Math.max(60, Math.min(80, look.columns));
  const lines = blocks.flatMap((block, i) => [
    ...(startsGroup(block, blocks[i - 1]) ? [""] : []),
    ...linesOf(block, width, look.emphasize),
  ]);
  return `${lines.join("\n")}\n`;
}

function startsGroup(block: Block, before: Block | undefined): boolean {
  if (before === undefined) return false;
  const isTitled = block.kind === "table" && block.columns.some((column) => column.title !== "");
  return block.kind === "heading" || (isTitled && before.kind !== "heading");
}

function linesOf(block: Block, width: number, emphasize: TextLook["emphasize"]): readonly string[] {
  switch (block.kind) {
    case "heading":
      return wrap(printable(block.text), width).map(emphasize);
    case "paragraph":
      return wrap(printable(block.text), width - 2).map((line) => `  ${line}`);
    case "quote":
      return linesIn(block.text)
        .flatMap((line) => wrap(line, width - 6))
        .map((line) => `      ${line}`);
    case "table":
      return textTable(block, width);
  }
}
