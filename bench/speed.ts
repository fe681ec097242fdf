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

const results: SubjectResult[] = [];
for (const subject of asked) {
  console.error(subject.name);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  results.push(await benchSubject(subject, { rounds, profiles: values["cpu-prof"] }));
}
const machine = `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}).`;
const blocks = {
  machine,
  ratios: ratiosTable(results),
  loop: loopTable(results),
  growth: growthTable(results),
  phases: phasesTable(results),
};
console.log(Object.values(blocks).join("\n\n"));

// A part of the table is for looking; the document shows the whole one.
if (only === undefined) {
  const file = join(repository, "docs/speed.md");
  const before = readFileSync(file, "utf8");
  writeFileSync(
    file,
    Object.entries(blocks).reduce((text, [name, content]) => replaceBlock(text, name, content), before),
  );
}
