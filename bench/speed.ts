import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceBlock } from "../src/report/marked-block.ts";
import { repository } from "./ask-meter.ts";
import { benchSubject, type SubjectResult } from "./speed/bench-subject.ts";
import { growthTable, loopTable, phasesTable, ratiosTable } from "./speed/render.ts";
import { subjects } from "./speed/subjects.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string" },
    "cpu-prof": { type: "string" },
  },
});
const { only } = values;
const asked = subjects.filter(({ name }) => only === undefined || name.includes(only));
if (asked.length === 0) throw new Error(`${only}: no such project; see bench/speed/subjects.ts`);

const machine = `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}).`;
const results: SubjectResult[] = [];
for (const subject of asked) {
  console.error(subject.name);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  results.push(await benchSubject(subject, { rounds, profiles: values["cpu-prof"] }));
  // A part of the table is for looking; the document shows the whole one, as far as it has come.
  if (only === undefined) writeBlocks(join(repository, "docs/speed.md"), blocksOf(results));
}
console.log(Object.values(blocksOf(results)).join("\n\n"));

function blocksOf(measured: readonly SubjectResult[]): Readonly<Record<string, string>> {
  return {
    machine,
    ratios: ratiosTable(measured),
    loop: loopTable(measured),
    growth: growthTable(measured),
    phases: phasesTable(measured),
  };
}

function writeBlocks(file: string, blocks: Readonly<Record<string, string>>): void {
  const before = readFileSync(file, "utf8");
  const after = Object.entries(blocks).reduce((text, [name, content]) => replaceBlock(text, name, content), before);
  writeFileSync(file, after);
}
