import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceBlock } from "../src/report/marked-block.ts";
import { questions } from "./accuracy/questions.ts";
import { recover } from "./accuracy/recover.ts";
import { causesTable, differencesList, figuresTable } from "./accuracy/render.ts";
import { repository } from "./ask-meter.ts";

// With a brand's name it prints that brand's answer; without, it answers all and writes docs/accuracy.md.
const only = process.argv[2];
const asked = questions.filter(({ brand }) => only === undefined || brand.endsWith(`#${only}`));
if (asked.length === 0) throw new Error(`${only}: no question about that brand; see bench/accuracy/questions.ts`);

const recoveries = asked.flatMap((question) => {
  console.error(`${question.package} ${question.brand}`);
  return recover(question);
});
const blocks = {
  figures: figuresTable(recoveries),
  causes: causesTable(recoveries),
  differences: differencesList(recoveries),
};
console.log(Object.values(blocks).join("\n\n"));
for (const { worse, report } of recoveries) {
  for (const complaint of worse) console.log(`when stripped: ${complaint}`);
  for (const { file, line, message } of report.verdict?.newDiagnostics ?? []) console.log(`${file}:${line} ${message}`);
}

if (only === undefined) {
  const file = join(repository, "docs/accuracy.md");
  const before = readFileSync(file, "utf8");
  const after = Object.entries(blocks).reduce((text, [name, content]) => replaceBlock(text, name, content), before);
  writeFileSync(file, after);
}
