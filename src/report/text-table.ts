import type { Column, Table } from "./block.ts";
import { columnsOf, fitEnd, fitMiddle, padLeft, padRight } from "./fit.ts";
import { printable } from "./printable.ts";

const gap = 2;
const indent = "  ";
const leastName = 16;

/** The table as aligned lines of at most `width` columns; names give way first, then places move to lines of their own. */
export function textTable(table: Table, width: number): readonly string[] {
  const rows = table.rows.map((row) => row.map(printable));
  const titles = table.columns.map((column) => column.title);
  const lines = titles.every((title) => title === "") ? rows : [titles, ...rows];
  const widths = fitted(table.columns, naturalWidths(table.columns, lines), width - indent.length);
  if (widths !== undefined) return lines.map((line) => alignedLine(table.columns, widths, line));

  const columns = table.columns.filter((column) => column.holds !== "place");
  const kept = lines.map((line) => line.filter((_, i) => table.columns[i]?.holds !== "place"));
  const narrow = squeezed(columns, naturalWidths(columns, kept), width - indent.length);
  return lines.flatMap((line, i) => [
    alignedLine(columns, narrow, kept[i] ?? []),
    ...line.filter((_, cell) => table.columns[cell]?.holds === "place").map((place) => placeLine(place, width)),
  ]);
}

function naturalWidths(columns: readonly Column[], lines: readonly (readonly string[])[]): readonly number[] {
  return columns.map((_, i) => Math.max(0, ...lines.map((line) => columnsOf(line[i] ?? ""))));
}

// The widths with the names made narrower, or undefined when no readable name would be left.
function fitted(columns: readonly Column[], widths: readonly number[], room: number): readonly number[] | undefined {
  const over = total(widths) - room;
  if (over <= 0) return widths;
  const name = columns.findIndex((column) => column.holds === "name");
  const left = (widths[name] ?? 0) - over;
  return left < leastName ? undefined : widths.with(name, left);
}

// The widest column gives way until the line fits.
function squeezed(columns: readonly Column[], widths: readonly number[], room: number): readonly number[] {
  const over = total(widths) - room;
  if (over <= 0) return widths;
  const names = columns.map((column, i) => (column.holds === "number" ? 0 : (widths[i] ?? 0)));
  const widest = names.indexOf(Math.max(...names));
  const left = Math.max(leastName, (widths[widest] ?? 0) - over);
  return left === widths[widest] ? widths : squeezed(columns, widths.with(widest, left), room);
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
}

function alignedLine(columns: readonly Column[], widths: readonly number[], cells: readonly string[]): string {
  const padded = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    const text = fitMiddle(cell, width);
    return columns[i]?.holds === "number" ? padLeft(text, width) : padRight(text, width);
  });
  return (indent + padded.join(" ".repeat(gap))).trimEnd();
}

function placeLine(place: string, width: number): string {
  const far = indent.repeat(3);
  return far + fitEnd(place, width - far.length);
}
