import { causeOfMissed } from "./accuracy/cause.ts";
import { questions } from "./accuracy/questions.ts";
import { recover } from "./accuracy/recover.ts";

const only = process.argv[2] ?? "";
for (const question of questions.filter((each) => `${each.package} ${each.brand}`.includes(only))) {
  const found = recover(question);
  const { agreed, missed, extra, report, worse, written } = found;
  console.log(question.package, question.brand, {
    producers: found.producers,
    written: written.length,
    casts: written.filter(({ kind }) => kind === "cast").length,
    agreed: agreed.length,
    missed: missed.map((each) => `${each.file} ${each.place}: ${causeOfMissed(each, report, question.brand)}`),
    extra: extra.map(({ file, position }) => `${file} ${position}`),
    worse,
    theirCasts: report.edits.filter(({ kind }) => kind === "cast").length,
    verdict: report.verdict?.newDiagnostics,
  });
}
