import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./answers.ts";

/** A table of docs/mistakes.md, as that document has it: what it takes to make it anew is played for minutes. */
export function mistakesTable(name: string): string {
  const document = readFileSync(join(repository, "docs/mistakes.md"), "utf8");
  const [block, rest] = document.split(`<!-- ${name}:begin -->`)[1]?.split(`<!-- ${name}:end -->`) ?? [];
  if (block === undefined || rest === undefined) throw new Error(`docs/mistakes.md has no block ${name}`);
  return block.trim();
}

/** The first table as numbers, by mistake and column: `wrongRelease.theCompiler`, `all.nobody`. */
export function mistakeCounts(): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const [titles = [], , ...rows] = mistakesTable("verdict").split("\n").map(cellsOf);
  return Object.fromEntries(
    rows.map(([mistake = "", ...counts]) => {
      const [, name = mistake] = /^`(.+?)`/u.exec(mistake) ?? [];
      return [
        camelCase(name),
        Object.fromEntries(counts.map((count, i) => [camelCase(titles[i + 1] ?? ""), Number(count)])),
      ];
    }),
  );
}

function cellsOf(row: string): readonly string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function camelCase(words: string): string {
  return words.replace(/[- ](?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase());
}
