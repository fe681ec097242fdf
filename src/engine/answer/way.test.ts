import { expect, test } from "vitest";
import type { Edit } from "../edit.ts";
import { positionIdOf } from "../graph/graph.ts";
import type { Obstacle, Report, ReportedPosition } from "./report.ts";
import { tellingWays } from "./way.ts";

const positions = [
  at("mm/gup.ts gup()", null),
  at("mm/gup.ts gup()/unwound", "mm/gup.ts gup()"),
  at("lib/iov_iter.ts get_pages()", "mm/gup.ts gup()"),
  at("fs/dio.ts dio_refill()/page", "lib/iov_iter.ts get_pages()"),
  at("fs/dio.ts dio_done()/page", "fs/dio.ts dio_refill()/page"),
  at("lib/scatterlist.ts sg_set_page().(page)", "fs/dio.ts dio_refill()/page"),
  at("lib/iov_iter.ts elsewhere()/page", "lib/iov_iter.ts get_pages()"),
];

function at(id: string, from: string | null): ReportedPosition {
  const file = id.slice(0, id.indexOf(" "));
  const because = { construct: "return", reversed: false, file, line: 1 };
  return {
    ...{ id: positionIdOf(id), file, line: 1, column: 1, start: 0, end: 1, kind: "variable", annotation: "written" },
    ...{ label: "brand", depth: 0, test: false, owner: null },
    because: from === null ? null : { ...because, from: positionIdOf(from) },
  };
}

function reportOf(released: readonly string[], lost: Readonly<Record<string, Obstacle["kind"]>>) {
  const conversion = { start: 0, end: 1, text: "", kind: "conversion", class: "forced", reason: "" } as const;
  const conversions = released.map(
    (id): Edit => ({ ...conversion, file: "", position: positionIdOf(id), enforced: true, test: false }),
  );
  const obstacles = Object.entries(lost).map(
    ([id, kind]): Obstacle => ({
      ...{ kind, position: positionIdOf(id), file: "", line: 1, message: "", construct: "", depth: 0 },
    }),
  );
  return { positions, conversions, obstacles } satisfies Partial<Report>;
}

function waysThrough(file: string, report: Parameters<typeof tellingWays>[0]): readonly (readonly string[])[] {
  return tellingWays(report, new Set([file])).map((way) =>
    way.map(({ position, marks }) => [position.slice(position.indexOf(" ") + 1), ...marks].join(" ")),
  );
}

test("the way through the files themselves goes before a release elsewhere, and an erasure beside it is a second way", () => {
  const report = reportOf(
    ["mm/gup.ts gup()/unwound", "fs/dio.ts dio_done()/page", "lib/iov_iter.ts elsewhere()/page"],
    {
      "lib/scatterlist.ts sg_set_page().(page)": "erased",
    },
  );
  expect(waysThrough("fs/dio.ts", report)).toEqual([
    ["gup()", "get_pages()", "dio_refill()/page", "dio_done()/page released"],
    ["gup()", "get_pages()", "dio_refill()/page", "sg_set_page().(page) erased"],
  ]);
});

test("where the only release is lost, the way goes to where it is lost", () => {
  const report = reportOf(["mm/gup.ts gup()/unwound"], { "lib/scatterlist.ts sg_set_page().(page)": "erased" });
  expect(waysThrough("fs/dio.ts", report)).toEqual([
    ["gup()", "get_pages()", "dio_refill()/page", "sg_set_page().(page) erased"],
  ]);
});

test("where the files hold nothing, the way leaves at least those of the source", () => {
  const report = reportOf(["mm/gup.ts gup()/unwound"], { "lib/iov_iter.ts elsewhere()/page": "mixed-release" });
  expect(waysThrough("fs/other.ts", report)).toEqual([["gup()", "get_pages()", "elsewhere()/page undecided"]]);
});

test("where nothing is released or lost there is no way to show", () => {
  expect(waysThrough("fs/dio.ts", reportOf([], {}))).toEqual([]);
});
