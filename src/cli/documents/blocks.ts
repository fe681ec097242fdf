import { readFileSync } from "node:fs";
import { join } from "node:path";
import { textReport } from "../../report/text.ts";
import { mainReport, repository } from "./answers.ts";
import { mistakesTable } from "./mistakes.ts";
import { besideLinux } from "./model-counts.ts";
import { partsTable, pathBlock } from "./path-tables.ts";
import { callersTable, curveTable, planTable, strategiesTable } from "./price-tables.ts";

/** What stands between `<!-- name:begin -->` and `<!-- name:end -->`. */
export function blockNamed(name: string): string {
  const block = Object.entries(blocks).find(([known]) => known === name)?.[1];
  if (block !== undefined) return block();
  if (name.startsWith("path-")) return pathBlock(name.slice("path-".length));
  throw new Error(`no block ${name}; those are ${Object.keys(blocks).join(", ")} and path-NAME for each part`);
}

const blocks: Readonly<Record<string, () => string>> = {
  main: () => fenced("text", mainText()),
  library: () => fenced("ts", libraryUse()),
  "beside-linux": besideLinux,
  parts: () => partsTable(mainReport()),
  curve: curveTable,
  plan: planTable,
  callers: callersTable,
  strategies: strategiesTable,
  mistakes: () => mistakesTable("verdict"),
  "mistakes-stopped": () => mistakesTable("compiler"),
};

// What npm start prints, but for the time it took.
function mainText(): string {
  const text = textReport(mainReport(), { columns: 80, emphasize: (words) => words });
  return text.replace(/\ntime\n[\s\S]*/u, "");
}

function libraryUse(): string {
  const example = readFileSync(join(repository, "examples/library-use.ts"), "utf8");
  return example.replace('"../src/index.ts"', '"userpage"');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
