import { expect, test } from "vitest";
import type { Report, ReportedStop } from "../engine/answer/report.ts";
import { positionIdOf } from "../engine/graph/graph.ts";
import { sampleReport } from "./fixtures/sample-report.ts";
import { hopsSvg } from "./hops-svg.ts";

const way = [
  stop("mm/gup.ts get_user_pages().return", "brand", []),
  stop("drivers/umem.ts pin()/page", "brand", []),
  stop("drivers/umem.ts unpin()/page", "mixed", ["undecided"]),
];
const lost = [...way.slice(0, 2), stop("drivers/umem.ts <script>().(page)", "mixed", ["erased"])];
const own = { edits: 0, unions: 0, casts: 0, conversions: 0 };
const { churn } = sampleReport;
const alone = { churn, mixed: 0, mixedReleases: 1, erased: 1, recovered: 0, ways: [way, lost], verdict: null };
const inParts: Report = {
  ...sampleReport,
  parts: [
    { name: "04-umem", project: "paths/04-umem.tsconfig.json", own, alone },
    { name: "c1-writeback", project: "paths/c1-writeback.tsconfig.json", own, alone: null },
  ],
};

function stop(id: string, label: ReportedStop["label"], marks: ReportedStop["marks"]): ReportedStop {
  const [file = ""] = id.split(" ");
  return { position: positionIdOf(id), file, line: 3, label, construct: "call-argument", marks };
}

function labelsIn(svg: string): readonly string[] {
  const [, drawn = ""] = svg.split(">2</text>");
  return [...drawn.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)]
    .map(([, words = ""]) => words)
    .filter((words) => words !== "");
}

test("without parts the picture is the one longest way, with the release at its end", () => {
  const svg = hopsSvg(sampleReport);
  expect(labelsIn(svg)).toEqual(["UserPage", "get_user_pages", "Bio.page", "end_io"]);
  expect(svg.match(/stroke="#2a7d3f"/gu)?.length).toBe(2);
});

test("every part has a line, and a second one from where its value is erased; one without a source has none", () => {
  expect(labelsIn(hopsSvg(inParts))).toEqual(["04-umem", "get_user_pages", "pin", "unpin", "&lt;script&gt;"]);
});

test("names are text, not markup", () => {
  expect(hopsSvg(inParts)).not.toContain("<script>");
});
