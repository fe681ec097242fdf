import { type PlanReport, planReport } from "../engine/price/plan-report.ts";
import { priceOfProtection } from "../engine/price/price-of-protection.ts";
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
    notes: notesOf(report),
    negative: isRejected || report.corners.length === 0,
  };
}

function notesOf({ releases, corners, migration }: PlanReport): readonly string[] {
  if (releases === 0) return ["no release is reached; say which calls release with --release PLAIN=BRANDED"];
  if (migration.mode === "subtype")
    return ["a subtype protects no release, since the plain one takes it too; ask with --mode distinct"];
  return corners.length === 0 ? ["no edits that the compiler accepts protect a release"] : [];
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
