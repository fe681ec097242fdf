import { type Column, columns, type Notice, noticesOf } from "../../src/kernel/scenarios/detectors.ts";
import { type Mistake, mistakes } from "../../src/kernel/scenarios/mistakes.ts";
import { table } from "../markdown.ts";

/** Mistakes against detectors: when each is noticed first, and what is named. */
export function detectorsTable(): string {
  const rows = mistakes.map((mistake) => [mistake.name, ...columns.map((column) => cellOf(mistake, column))]);
  return table(["mistake", ...columns.map(({ name }) => name)], rows);
}

/** The first words of whoever notices. */
export function wordsTable(): string {
  const rows = mistakes.flatMap((mistake) => {
    return columns.flatMap((column) => wordsOf(mistake, column).map((words) => [mistake.name, column.name, words]));
  });
  return table(["mistake", "noticed by", "in the words"], rows);
}

// Where chance decides, every outcome with how many machines had it.
function cellOf(mistake: Mistake, column: Column): string {
  const outcomes = noticesOf(mistake, column).map((notice) => outcomeOf(notice, mistake));
  const distinct = [...new Set(outcomes)];
  if (distinct.length === 1) return distinct.join("");
  return distinct.map((outcome) => `${outcome} (${outcomes.filter((each) => each === outcome).length})`).join("; ");
}

function outcomeOf(notice: Notice | null, mistake: Mistake): string {
  if (notice === null) return "–";
  return `${notice.when}: ${mistake.right ? "a false alarm" : namedBy(notice, mistake)}`;
}

function namedBy({ words: [first = ""] }: Notice, { make }: Mistake): string {
  if (first.startsWith("kernel BUG")) return "a BUG";
  const culprit = first.includes(`${make.name}()`);
  if (first.includes("pinned by")) return culprit ? "who pinned" : "an innocent who pinned";
  if (first.includes("released by")) return culprit ? "**the call**" : "an innocent call";
  return /page \d+/.test(first) ? "the page" : "that it happened";
}

// What a detector says of its own; a BUG says the same in every column. Samples say what full records say.
function wordsOf(mistake: Mistake, column: Column): readonly string[] {
  if (column.machines.length > 1) return [];
  const words = noticesOf(mistake, column).flatMap((notice) => notice?.words.slice(0, 1) ?? []);
  return words.filter((each) => !each.startsWith("kernel BUG") || column.name === "none");
}
