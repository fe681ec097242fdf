import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Solved } from "../engine/answer/changes.ts";
import type { Study } from "../engine/measure.ts";
import { whyNoRelease } from "../engine/price/no-release.ts";
import { type PlanReport, planReport } from "../engine/price/plan-report.ts";
import { priceOfProtection } from "../engine/price/price-of-protection.ts";
import type { Place } from "../engine/question.ts";
import { jsonOf } from "../report/json.ts";
import { planMarkdown, planText } from "../report/plan.ts";
import { planSvg } from "../report/plan-svg.ts";
import { unprinted } from "./format.ts";
import type { Answer, Task } from "./task.ts";

/** The price curve and the conversion plan; negative when there is nothing to protect or a patch does not compile. */
export function planVerb(task: Task): Answer {
  const study = task.study();
  const report = planReport(study, priceOfProtection(study));
  const isRejected = report.plan.some(({ newDiagnostics }) => newDiagnostics.length > 0);
  return {
    result: formatted(task, report),
    notes: report.releases === 0 ? whyNoRelease(searched(task, study)) : notesOf(report),
    negative: isRejected || report.corners.length === 0,
  };
}

function notesOf({ corners, migration }: PlanReport): readonly string[] {
  if (migration.mode === "subtype")
    return ["a subtype protects no release, since the plain one takes it too; ask with --mode distinct"];
  return corners.length === 0 ? ["no edits that the compiler accepts protect a release"] : [];
}

// Who calls a release that is not reached was hardly searched, so each line with its name is looked at.
function searched({ measure, cwd }: Task, { measurement: { solved, files } }: Study): Solved {
  const owners = [...solved.question.releases].map((parameter) => solved.graph.positions.get(parameter)?.owner ?? "");
  const names = owners.flatMap((owner) => /[\p{ID_Continue}$]+(?=\(\)$)/u.exec(owner)?.[0] ?? []);
  const places = files.flatMap((file) => linesNaming(names, file, cwd));
  return places.length === 0 ? solved : measure(places).solved;
}

function linesNaming(names: readonly string[], file: string, cwd: string): readonly Place[] {
  const lines = readFileSync(resolve(cwd, file), "utf8").split("\n");
  return lines.flatMap((text, i) => (names.some((name) => text.includes(name)) ? [{ file, line: i + 1 }] : []));
}

function formatted({ format, look }: Task, report: PlanReport): string {
  switch (format) {
    case "text":
      return planText(report, look);
    case "json":
      return jsonOf(report);
    case "markdown":
      return planMarkdown(report);
    case "svg":
      return planSvg(report);
    case "graph":
      return unprinted(format);
  }
}
