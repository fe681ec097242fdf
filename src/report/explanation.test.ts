import { expect, test } from "vitest";
import { positionIdOf } from "../engine/graph/graph.ts";
import { explanationBlocks, explanationOf } from "./explanation.ts";
import { sampleReport } from "./fixtures/sample-report.ts";
import { chainTo, longestWay } from "./hops.ts";
import { textOf } from "./text.ts";

test("a chain runs from the source to the position", () => {
  expect(chainTo(sampleReport, positionIdOf("block/bio.ts end_io().(page)")).map((position) => position.id)).toEqual([
    "mm/gup.ts get_user_pages().return",
    "block/bio.ts Bio#page",
    "block/bio.ts end_io().(page)",
  ]);
  expect(chainTo(sampleReport, positionIdOf("nowhere"))).toEqual([]);
});

test("the longest way ends at the deepest converted release, not at something deeper that releases nothing", () => {
  const { ends, chain } = longestWay(sampleReport);
  expect([ends, ...chain.map((position) => position.depth)]).toEqual(["release", 0, 1, 2]);
});

test("an explanation shows every hop with its construct, its place and its line", () => {
  const position = sampleReport.positions[2];
  if (position === undefined) throw new Error("the sample has no third position");
  const explanation = explanationOf(
    sampleReport,
    { position, notes: [] },
    (file, line) => `  the text of ${file} ${line}`,
  );
  const look = { columns: 80, emphasize: (text: string) => text };
  expect(textOf(explanationBlocks(explanation), look).split("\n")).toEqual([
    "block/bio.ts end_io().(page)",
    "  parameter, written, branded, 2 hops from its source",
    "  0. mm/gup.ts get_user_pages().return",
    "      source, mm/gup.ts:4",
    "      the text of mm/gup.ts 4",
    "  1. block/bio.ts Bio#page",
    "      call-argument, block/bio.ts:3",
    "      the text of block/bio.ts 3",
    "  2. block/bio.ts end_io().(page)",
    "      call-argument, block/bio.ts:10",
    "      the text of block/bio.ts 10",
    "",
  ]);
});
