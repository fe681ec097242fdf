import type { Report } from "../engine/answer/report.ts";
import { graphDocument } from "../engine/graph/graph-document.ts";
import type { Measurement } from "../engine/measure.ts";
import { hopsSvg } from "../report/hops-svg.ts";
import { jsonLinesOf, jsonOf } from "../report/json.ts";
import { markdownReport } from "../report/markdown.ts";
import { textReport } from "../report/text.ts";
import type { Answer, Task } from "./task.ts";

/** How far the brand goes; negative when the compiler rejects the edits. */
export function measureVerb(task: Task): Answer {
  const measurement = task.measure([]);
  const report = { ...measurement.report, parts: task.parts(measurement) };
  const negative = isRejected(report) || report.parts.some(({ alone }) => alone !== null && isRejected(alone));
  return { result: formatted(task, { ...measurement, report }), notes: [], negative };
}

/** Does the compiler complain about the edits? Not asking it is no complaint. */
export function isRejected(report: Pick<Report, "verdict">): boolean {
  return report.verdict !== null && report.verdict.newDiagnostics.length > 0;
}

function formatted({ format, look }: Task, { report, solved }: Measurement): string {
  switch (format) {
    case "text":
      return textReport(report, look);
    case "json":
      return jsonOf(report);
    case "markdown":
      return markdownReport(report);
    case "graph":
      return jsonLinesOf(graphDocument(solved));
    case "svg":
      return hopsSvg(report);
  }
}
