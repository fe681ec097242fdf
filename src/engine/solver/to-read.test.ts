import { expect, test } from "vitest";
import { type FlowEdge, type FlowGraph, positionIdOf, type TypePosition } from "../graph/graph.ts";
import { toRead } from "./to-read.ts";

const site = { file: "a.ts", line: 1, column: 1, start: 0, end: 0 };

/** `createId() -> row.id`; `lib!` is external, `"x"` is a literal. */
function graphOf(...flows: readonly string[]): FlowGraph {
  const edges = flows.map((flow, i): FlowEdge => {
    const [from = "", to = ""] = flow.split(" -> ").map((name) => name.replace("!", ""));
    const rest = { channel: "value", construct: "test", enforced: true, nested: false } as const;
    return { from: positionIdOf(from), to: positionIdOf(to), ...rest, site: { ...site, start: i } };
  });
  const names = new Set(flows.flatMap((flow) => flow.split(" -> ")));
  return { positions: new Map([...names].map(positionOf).map((each) => [each.id, each])), edges, hazards: [] };
}

function positionOf(name: string): TypePosition {
  return {
    id: positionIdOf(name.replace("!", "")),
    kind: name.startsWith('"') ? "creation" : "variable",
    annotation: name.endsWith("!") ? "external" : "written",
    site: { ...site, file: `${name}.ts` },
    owner: undefined,
    test: false,
  };
}

function readAbout(graph: FlowGraph, sinks: readonly string[] = []): readonly string[] {
  const producers = [positionIdOf("createId()")];
  const question = { producers, fixed: producers, releases: new Set<never>(), mixedStops: true };
  return [...new Set(toRead(graph, question, sinks.map(positionIdOf)))].sort();
}

test("what only the brand reaches is read about", () => {
  expect(readAbout(graphOf("createId() -> row.id", "row.id -> key"))).toEqual(["createId()", "key", "row.id"]);
});

test("what a literal or the world outside joins is not, nor what lies behind it", () => {
  expect(readAbout(graphOf("createId() -> row.id", '"x" -> row.id', "row.id -> key"))).toEqual(["createId()"]);
  expect(readAbout(graphOf("createId() -> row.id", "lib! -> name", "name -> row.id"))).toEqual(["createId()"]);
});

test("what seems plain may be the brand come round, so what it joins is looked through", () => {
  expect(readAbout(graphOf("createId() -> row.id", "kept -> row.id", "row.id -> key"))).toEqual([
    "createId()",
    "key",
    "row.id",
  ]);
});

test("what is branded by definition is read about, whatever flows into it", () => {
  expect(readAbout(graphOf('"x" -> createId()', "createId() -> row.id"))).toEqual(["createId()", "row.id"]);
});

test("on the way to a sink what plain values join is read about too", () => {
  expect(readAbout(graphOf("createId() -> row.id", '"x" -> row.id', "row.id -> load(id)"), ["load(id)"])).toEqual(
    expect.arrayContaining(["createId()", "load(id)", "row.id"]),
  );
});
