import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceBlock } from "../src/report/marked-block.ts";
import { repository } from "./ask-meter.ts";
import { mistakeName } from "./mistakes/mistake-name.ts";
import { runAll } from "./mistakes/pool.ts";
import { prepare } from "./mistakes/prepare.ts";
import { modelMatrix } from "./mistakes/question.ts";
import { blocksOf } from "./mistakes/render.ts";
import { played, type Results, readResults, resultsOf, textOfResults } from "./mistakes/results.ts";

/** Makes every mistake in the model, asks the compiler, plays what compiles, and writes what became of each. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      processes: { type: "string", default: "2" },
      /** Of the document alone, from the results that are kept. */
      render: { type: "boolean", default: false },
    },
  });
  const file = join(repository, "bench/mistakes/results.jsonl");
  if (!values.render) writeFileSync(file, textOfResults(await results(Number(values.processes))));
  const document = join(repository, "docs/mistakes.md");
  const blocks = Object.entries(blocksOf(readResults(readFileSync(file, "utf8"))));
  writeFileSync(
    document,
    blocks.reduce((text, [name, content]) => replaceBlock(text, name, content), readFileSync(document, "utf8")),
  );
}

async function results(processes: number): Promise<Results> {
  console.error("asking the compiler");
  const matrix = modelMatrix(repository);
  const column = matrix.columns.find(({ strategy }) => strategy === played);
  if (column === undefined) throw new Error(`the meter did not answer for ${played}`);
  const nameOf = mistakeName(matrix.places);
  const compiling = new Set(column.mutants.filter(({ stopped }) => stopped === null).map(nameOf));
  const all = prepare(repository, { ...column, places: matrix.places });
  const runs = all.runs.filter(({ key }) => compiling.has(key));
  const notices = await runAll({ ...all, runs }, processes, (done) => {
    if (done % 50 === 0) console.error(`${done} of ${runs.length} mistakes played`);
  });
  return resultsOf(matrix, all.stage.stories.length, runs, notices);
}

await main();
