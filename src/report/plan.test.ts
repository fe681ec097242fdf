import { expect, test } from "vitest";
import type { PlanReport, ReportedStep } from "../engine/price/plan-report.ts";
import { sampleReport } from "./fixtures/sample-report.ts";
import { planMarkdown, planText } from "./plan.ts";
import { planSvg } from "./plan-svg.ts";

const step: ReportedStep = {
  patch: 1,
  module: "src/fs",
  edits: 6,
  releases: 2,
  isCorner: false,
  atMost: 2,
  converted: [{ file: "src/fs/dio.ts", line: 7 }],
  made: { annotation: 3, cast: 2, conversion: 1, import: 2 },
  takenBack: 0,
  files: ["src/fs/dio.ts", "src/mm/gup.ts"],
  linesAdded: 7,
  linesRemoved: 6,
  newDiagnostics: [],
};
const { schemaVersion, tool, compiler, project, migration } = sampleReport;
const plan: PlanReport = {
  ...{ schemaVersion, tool, compiler, project, migration },
  releases: 4,
  unprotected: [{ file: "src/any.ts", line: 3 }],
  corners: [
    { edits: 4, releases: 2 },
    { edits: 10, releases: 3 },
  ],
  plan: [step, { ...step, patch: 2, module: "src/net", edits: 10, releases: 3, isCorner: true, takenBack: 1 }],
  callers: [
    { caller: "src/fs/dio.ts submit()", releases: 2, alone: 5, shared: 3, positions: 4, next: 5 },
    { caller: "src/fs/read.ts peek()", releases: 0, alone: 0, shared: 0, positions: 0, next: 0 },
  ],
};

test("as text, the curve has its corners and, with their bound, the patches between them", () => {
  const lines = planText(plan, { columns: 80, emphasize: (text) => text }).split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const curve = lines.filter((line) => line.includes("##"));
  expect(curve.map((line) => line.trim().split(/\s+/u))).toEqual([
    ["4", "2", "corner", "####################"],
    ["6", "2", "2", "patch", "1", "####################"],
    ["10", "3", "corner", "##############################"],
  ]);
  expect(lines).toContain("  never protected: src/any.ts:3");
  expect(lines.filter((line) => /peek/u.test(line))).toEqual([]);
});

test("as Markdown, every patch is a row that says what it adds and takes back", () => {
  expect(planMarkdown(plan)).toContain("| 2 | `src/net` | 1 | 3 | 2 | 1 | 2 | yes |");
});

test("as a picture, it is one SVG whose text from files is escaped", () => {
  const svg = planSvg({ ...plan, plan: [{ ...step, module: '<script>"&' }] });
  expect(svg.startsWith("<svg ")).toBe(true);
  expect(svg).toContain("patch 1, &lt;script&gt;&quot;&amp;: 2 releases for 6 edits");
  expect(svg).not.toContain("<script");
  expect(svg.match(/<circle /gu)?.length).toBe(3);
});
