import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceBlock } from "../src/report/marked-block.ts";
import { repository } from "./ask-meter.ts";
import { type CheckCost, checkCost } from "./types/check-cost.ts";
import { costTable } from "./types/cost-table.ts";
import { editedCopies } from "./types/edited-copies.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    /** Print only. */
    "no-write": { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const compilers = [
  { name: "TypeScript 6.0", installed: "typescript-6" },
  { name: "TypeScript 7.0", installed: "typescript" },
];

const { workshop, copies, rejected } = editedCopies();
const contestants = compilers.flatMap((compiler) => {
  return copies.map((copy) => {
    const costs: CheckCost[] = [];
    return { compiler, copy, costs };
  });
});
// In turn, so that what slows the machine down meets them all alike.
for (let round = 1; round <= rounds; round++) {
  console.error(`round ${round} of ${rounds}`);
  for (const { compiler, copy, costs } of contestants) costs.push(await checkCost(compiler.installed, copy.project));
}
rmSync(workshop, { recursive: true });

const tables = compilers.map((compiler) => {
  const own = contestants.filter((contestant) => contestant.compiler === compiler);
  return costTable(
    compiler.name,
    own.map(({ copy, costs }) => ({ name: copy.name, costs })),
  );
});
const leftOut = rejected.length === 0 ? [] : [`Left out, as the compiler rejects its edits: ${rejected.join(", ")}.`];
const content = [
  ...tables,
  ...leftOut,
  `Medians of ${rounds} rounds, with the lowest and the highest.
Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}).`,
].join("\n\n");
console.log(content);

if (!values["no-write"]) {
  const file = join(repository, "docs/speed.md");
  writeFileSync(file, replaceBlock(readFileSync(file, "utf8"), "types", content));
}
