import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Measurement } from "../engine/measure.ts";
import { type Explanation, explanationBlocks, explanationOf } from "../report/explanation.ts";
import { jsonOf } from "../report/json.ts";
import { markdownOf } from "../report/markdown.ts";
import { textOf } from "../report/text.ts";
import { findSubjects, unreachedPlaces } from "./find-subjects.ts";
import { type Format, unprinted } from "./format.ts";
import type { Answer, Task } from "./task.ts";

const longestLine = 160;
const mostLines = 5;

/** Why a position has to change. The compiler is not asked: its verdict explains nothing. */
export function explainVerb(task: Task): Answer {
  const measurement = measured(task);
  const lineAt = lineReader(task.cwd);
  const explanations = findSubjects(measurement, task.operand).map((subject) =>
    explanationOf(measurement.report, subject, lineAt),
  );
  return { result: formatted(task, task.format, explanations), notes: [], negative: false };
}

// What the brand does not reach was hardly searched, so it is looked at once more, and what is around it too.
function measured({ measure, operand }: Task): Measurement {
  const first = measure([]);
  const unreached = unreachedPlaces(first, operand);
  return unreached.length === 0 ? first : measure(unreached);
}

function formatted({ look }: Task, format: Format, explanations: readonly Explanation[]): string {
  switch (format) {
    case "text":
      return textOf(explanations.flatMap(explanationBlocks), look);
    case "json":
      return jsonOf(explanations);
    case "markdown":
      return markdownOf(explanations.flatMap(explanationBlocks));
    case "graph":
    case "svg":
      return unprinted(format);
  }
}

function lineReader(cwd: string): (file: string, line: number) => string {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = files.get(file) ?? linesOf(resolve(cwd, file));
    files.set(file, lines);
    const text = statementAt(lines, line - 1);
    return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  };
}

// A brace alone says nothing: what follows is taken along until there is a word.
function statementAt(lines: readonly string[], first: number): string {
  const length = lines.slice(first, first + mostLines).findIndex((line) => /[\p{L}\d]/u.test(line)) + 1;
  return lines
    .slice(first, first + Math.max(1, length))
    .map((line) => line.trim())
    .join(" ");
}

// A file that is gone takes only its quotation with it.
function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}
