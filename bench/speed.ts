import { parseArgs } from "node:util";
import { compilerRun, measureRun, reportOf } from "./speed/contestants.ts";
import { alternate, type Result } from "./speed/rounds.ts";
import { generatedSubjects, type Subject } from "./speed/subjects.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "3" },
    "cpu-prof": { type: "string" },
  },
});

for (const subject of generatedSubjects.filter(({ name }) => name.includes(values.only))) await bench(subject);

async function bench(subject: Subject): Promise<void> {
  const project = subject.prepare();
  const profile = values["cpu-prof"] === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values["cpu-prof"]}`];
  const results = await alternate(
    [
      compilerRun("tsc 6.0", "typescript-6", project),
      compilerRun("tsc 7.0", "typescript", project),
      measureRun("measure --no-verify", { subject, project, more: ["--no-verify"] }, profile),
    ],
    Number(values.rounds),
  );
  console.log(subject.name);
  for (const result of results) console.log(`  ${row(result, results[0])}`);
  const report = results.map(({ last }) => last.stdout).find((text) => text.startsWith("{")) ?? "";
  const { timings, churn } = reportOf(report, subject.name);
  console.log(`  ${churn.edits} edits in ${churn.files} files; ${JSON.stringify(timings)}`);
}

function row({ name, seconds, megabytes }: Result, yardstick: Result | undefined): string {
  const ratio = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? "n/a" : (a / b).toFixed(2);
  return [
    name.padEnd(20),
    `${seconds.median.toFixed(2)} s (${seconds.lowest.toFixed(2)}-${seconds.highest.toFixed(2)})`,
    `${megabytes?.median.toFixed(0) ?? "n/a"} MB`,
    `time x${ratio(seconds.median, yardstick?.seconds.median)}`,
    `memory x${ratio(megabytes?.median, yardstick?.megabytes?.median)}`,
  ].join("  ");
}
