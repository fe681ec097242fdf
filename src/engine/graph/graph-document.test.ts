import { afterAll, describe, expect, test } from "vitest";
import { annotationChanges } from "../answer/changes.ts";
import { cleanUp, materialise, readQuestion, readTexts } from "../fixtures/fixture.ts";
import { type Measurement, measure } from "../measure.ts";
import { measureGraph } from "../measure-graph.ts";
import type { Migration } from "../migration.ts";
import { solve } from "../solver/solve.ts";
import { graphDocument, readGraph } from "./graph-document.ts";

const fixtures = ["containers", "mixed", "release-conversion", "erased-any", "primitive-subtype", "external"];
const kernel: Migration = {
  base: undefined,
  brand: "UserPage",
  mode: "distinct",
  sources: ["mm/gup.ts#gup_pte_range(pages)", "mm/gup.ts#__get_user_pages(pages)"],
  sinks: ["lib/iov_iter.ts#pipe_get_pages(pages)"],
  releases: [{ plain: "put_page", branded: "put_user_page" }],
};

afterAll(cleanUp);

describe.each([...fixtures, "the kernel model"])("the graph of %s", (name) => {
  const measured = name === "the kernel model" ? measureKernel() : measureFixture(name);
  const { solved, report } = measured;
  const { migration, graph, question, solution } = solved;

  test("comes back from its documented form as it was, and is solved alike", () => {
    const again = readGraph(JSON.parse(JSON.stringify(graphDocument(solved))));
    expect(again).toEqual({ migration, graph, question });
    expect(solve(again.graph, again.question)).toEqual(solution);
  });

  test("says without texts which annotations are edited, and what stands in the way", () => {
    const edited = report.edits.filter(({ kind }) => kind === "annotation" || kind === "union");
    expect(annotationChanges(solved).map(({ position, kind }) => `${kind} ${position}`)).toEqual(
      edited.map(({ position, kind }) => `${kind} ${position}`),
    );
    const isOfGraph = ({ kind }: { readonly kind: string }) => kind !== "unenforced";
    const { obstacles } = measureGraph(solved, name).report;
    expect(obstacles.filter(isOfGraph)).toEqual(report.obstacles.filter(isOfGraph));
  });
});

function measureKernel(): Measurement {
  return measure({ project: "src/kernel", workingDirectory: process.cwd(), migration: kernel, verify: "no" });
}

function measureFixture(name: string): Measurement {
  const workingDirectory = materialise(readTexts(name, "before"));
  const { note: _, ...migration } = readQuestion(name);
  return measure({ project: ".", workingDirectory, migration, verify: "no" });
}
