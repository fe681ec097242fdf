import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type PositionId, positionIdOf } from "./graph/graph.ts";
import { type AskedGraph, readGraph } from "./graph/graph-document.ts";
import { measureGraph } from "./measure-graph.ts";

// Pages go to a bio and its completion, the zero page too; a scatterlist keeps one as an integer and gives it back.
const path = join(import.meta.dirname, "../../examples/c-bio.graph.json");
const example = readGraph(JSON.parse(readFileSync(path, "utf8")));
const { graph, question, migration } = example;
const [erased, recovered] = graph.hazards;

describe("the bounds on edits", () => {
  test("differ by what a recovered value would reach, if it were the erased one", () => {
    expect(boundsOf(example)).toEqual([6, 7]);
    expect(boundsOf(withFlow("lib/sg.c sg_page()", "mm/swap.c put_page().(page)"))).toEqual([6, 7]);
    expect(boundsOf(withPosition(withFlow("lib/sg.c sg_page()", "lib/sg.c (out)"), "lib/sg.c (out)"))).toEqual([6, 8]);
  });

  test("are equal where nothing is erased, or nothing comes back", () => {
    expect(boundsOf({ ...example, graph: { ...graph, hazards: present(recovered) } })).toEqual([6, 6]);
    expect(boundsOf({ ...example, graph: { ...graph, hazards: present(erased) } })).toEqual([6, 6]);
  });

  test("do not count what is erased where the brand does not come", () => {
    const elsewhere = present(erased).map((hazard) => ({ ...hazard, position: idOf("mm/swap.c put_page().(page)") }));
    expect(boundsOf({ ...example, graph: { ...graph, hazards: [...elsewhere, ...present(recovered)] } })).toEqual([
      6, 6,
    ]);
  });

  test("stay within what leads to a sink, where only that is wanted", () => {
    const wanted = new Set(["fs/dio.c dio_submit()/page", "mm/gup.c get_user_page()"].map(idOf));
    const asked = { ...question, wanted, fixed: [...wanted] };
    const subtype = { ...migration, mode: "subtype" } as const;
    expect(boundsOf({ graph, migration: subtype, question: asked })).toEqual([2, 2]);
  });
});

test("an obstacle names its construct and what is at the other end, the fewest hops first", () => {
  const { obstacles } = measureGraph(example, "bio").report;
  expect(obstacles.map(({ kind, depth, message }) => `${kind} ${depth} ${message.split(":")[0]}`)).toEqual([
    "mixed 2 call-argument from fs/dio.c ZERO_PAGE",
    "mixed 3 assignment from block/bio.c bio_add_page().(page)",
    "mixed 4 initializer from include/bio.h bio_vec.bv_page",
    "mixed 5 call-argument from block/bio.c bio_end_io()/page",
    "mixed-release 4 call-argument into mm/swap.c put_page().(page)",
    "erased 5 cast to unsigned long of lib/sg.c sg_set_page().(page)",
  ]);
});

test("an edit that only an unchecked flow asks for is an obstacle of its own", () => {
  const edges = graph.edges.map((edge) => ({ ...edge, enforced: edge.to !== idOf("lib/sg.c sg_set_page().(page)") }));
  const { obstacles } = measureGraph({ ...example, graph: { ...graph, edges } }, "bio").report;
  expect(obstacles.filter(({ kind }) => kind === "unenforced").map(({ position }) => position)).toEqual([
    "lib/sg.c sg_set_page().(page)",
  ]);
});

function boundsOf(asked: AskedGraph): readonly [number, number] {
  const { lower, upper } = measureGraph(asked, "bio").report.churn;
  return [lower, upper];
}

function idOf(name: string): PositionId {
  return positionIdOf(name);
}

function withFlow(from: string, to: string): AskedGraph {
  const [edge] = graph.edges;
  const more = present(edge).map((each) => ({ ...each, from: idOf(from), to: idOf(to) }));
  return { ...example, graph: { ...graph, edges: [...graph.edges, ...more] } };
}

function withPosition(asked: AskedGraph, name: string): AskedGraph {
  const like = present(graph.positions.get(idOf("lib/sg.c sg_page()"))).map((each) => ({ ...each, id: idOf(name) }));
  const positions = new Map([...graph.positions, ...like.map((each) => [each.id, each] as const)]);
  return { ...asked, graph: { ...asked.graph, positions } };
}

function present<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}
