import { expect, test } from "vitest";
import type { FlowEdge, FlowGraph, PositionId, TypePosition } from "./graph.ts";
import { positionIdOf } from "./graph.ts";
import { restrictToSinks } from "./sinks.ts";
import { solve } from "./solve.ts";

const site = { file: "a.ts", line: 1, column: 1, start: 0, end: 1 };

function graphOf(...flows: readonly string[]): FlowGraph {
  const edges = flows.map((flow): FlowEdge => {
    const [from = "", to = ""] = flow.split(" -> ");
    const ends = { from: positionIdOf(from), to: positionIdOf(to) };
    return { ...ends, channel: "value", construct: "test", site, enforced: true, nested: false };
  });
  const ids = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const positions = new Map<PositionId, TypePosition>();
  for (const id of ids) {
    positions.set(id, { id, kind: "variable", annotation: "written", site, owner: undefined, test: false });
  }
  return { positions, edges, hazards: [] };
}

function ask(graph: FlowGraph, sink: string) {
  const producers = [positionIdOf("createId()")];
  const question = restrictToSinks(graph, { producers, fixed: producers, releases: new Set() }, [positionIdOf(sink)]);
  const { mints } = solve(graph, question);
  return { wanted: [...(question.wanted ?? [])].sort(), mints: mints.map(({ from, to }) => `${from} -> ${to}`) };
}

test("what lies on a way from the producer to the sink is wanted, what branches off is not", () => {
  const graph = graphOf("createId() -> user.id", "user.id -> load(id)", "user.id -> log(text)");
  expect(ask(graph, "load(id)")).toEqual({ wanted: ["createId()", "load(id)", "user.id"], mints: [] });
});

test("a plain value that joins on the way is minted where it enters, and its origin keeps its type", () => {
  const graph = graphOf("createId() -> user.id", "body.id -> user.id", "user.id -> load(id)", "argv -> body.id");
  expect(ask(graph, "load(id)")).toEqual({
    wanted: ["createId()", "load(id)", "user.id"],
    mints: ["body.id -> user.id"],
  });
});

test("a sink that no producer reaches gets only mints", () => {
  const graph = graphOf("createId() -> user.id", "argv -> load(id)");
  expect(ask(graph, "load(id)")).toEqual({ wanted: ["createId()", "load(id)"], mints: ["argv -> load(id)"] });
});
