import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { replaceBlock } from "../../report/marked-block.ts";
import { repository } from "./answers.ts";
import { blockNamed } from "./blocks.ts";
import { figureAt } from "./figure.ts";

const figure = /<!-- n:(?<key>.+?) -->(?<shown>[\s\S]*?)<!-- \/n -->/gu;
const begin = /<!-- (?<name>[\w-]+):begin -->/gu;

/** The document with every figure and every block between markers as the answers have them today. */
export function regenerated(document: string): string {
  const names = [...document.matchAll(begin)].map(([, name = ""]) => name);
  const filled = names.reduce((text, name) => replaceBlock(text, name, blockNamed(name)), document);
  return filled.replace(figure, (_, key: string) => `<!-- n:${key} -->${figureAt(key)}<!-- /n -->`);
}

/** Compares the file with what it is to be; UPDATE_DOCS=1 writes it instead. */
export function expectFile(file: string, generate: (text: string) => string): void {
  const path = join(repository, file);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(path, generate(textOf(path)));
  expect(textOf(path)).toBe(generate(textOf(path)));
}

/**
 * The digits that stand in a text as figures, outside markers: not those of code, headings, versions, dates, commits,
 * links, file systems and the numbers that the model's paths and the thread's patches are called by.
 */
export function unmarkedDigits(text: string): readonly string[] {
  const prose = text
    .replace(/<!-- (?<name>[\w-]+):begin -->[\s\S]*?<!-- \k<name>:end -->/gu, "")
    .replace(figure, "")
    .replace(/```[\s\S]*?```|`[^`]*`|^#.*$|\]\([^)]*\)|<[^>]*>|"[^"]*"|^ *\d+\. |\bext[24]\b/gmu, "")
    .replace(
      /\b(?:paths? \d+b?(?:(?:, | and | to )\d+b?)*|patch \d\/\d|v?\d\.\d+(?:\.\d+)?|(?:\d+ \w+ )?20\d\d|[0-9a-f]{12})\b/giu,
      "",
    );
  return prose.match(/\S*\d\S*/gu) ?? [];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
