import { expect, test } from "vitest";
import type { FlowEdge, FlowGraph, PositionId, TypePosition } from "../graph/graph.ts";
import { positionIdOf } from "../graph/graph.ts";
import { restrictToSinks } from "./sinks.ts";
import { type Question, solve } from "./solve.ts";

const site = { file: "a.ts", line: 1, column: 1, start: 0, end: 1 };

// `from -> to`, at an offset if more than one place matters, or between two declarations.
function graphOf(...flows: readonly string[]): FlowGraph {
  const edges = flows.map((flow, i): FlowEdge => {
    const [from = "", target = ""] = flow.split(" -> ");
    const [, to = "", where = `${i}`] = /^(\S+)(?: (\S+))?$/.exec(target) ?? [];
    const ends = { from: positionIdOf(from), to: positionIdOf(to) };
    const rest = { channel: "value", construct: "test", enforced: true, nested: false } as const;
    if (where === "declared") return { ...ends, ...rest, site, declared: true };
    return { ...ends, ...rest, site: { ...site, start: Number(where) } };
  });
  const ids = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const positions = new Map<PositionId, TypePosition>();
  for (const id of ids) {
    positions.set(id, { id, kind: "variable", annotation: "written", site, owner: undefined, test: false });
  }
  return { positions, edges, hazards: [] };
}

function restrict(graph: FlowGraph, sink: string): Question {
  const producers = [positionIdOf("createId()")];
  return restrictToSinks(graph, { producers, fixed: producers, releases: new Set() }, [positionIdOf(sink)]);
}

function ask(graph: FlowGraph, sink: string) {
  const question = restrict(graph, sink);
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

test("one edit further back is taken where it saves two casts", () => {
  const graph = graphOf(
    "createId() -> load(id)",
    "session.id -> load(id) 10",
    "session.id -> load(id) 20",
    "session.id -> load(id) 30",
    "cookie -> session.id 40",
  );
  expect(ask(graph, "load(id)")).toEqual({
    wanted: ["createId()", "load(id)", "session.id"],
    mints: ["cookie -> session.id"],
  });
});

test("where both cost the same the cast is taken, and the other way is named", () => {
  const graph = graphOf(
    "createId() -> load(id)",
    "session.id -> load(id) 10",
    "session.id -> load(id) 20",
    "cookie -> session.id 40",
  );
  const question = restrict(graph, "load(id)");
  expect([...(question.wanted ?? [])]).not.toContain("session.id");
  expect(question.alternatives).toEqual(["session.id", "cookie"]);
});

test("a type that meets another one cannot be cast, so the brand goes on", () => {
  const graph = graphOf("createId() -> load(id)", "Base#id -> load(id) declared", "argv -> Base#id");
  expect(ask(graph, "load(id)")).toEqual({ wanted: ["Base#id", "createId()", "load(id)"], mints: ["argv -> Base#id"] });
});

test("what keeps its type hands on a plain value, even one that was branded before", () => {
  const graph = graphOf(
    "createId() -> load(id)",
    "row.id -> load(id) 1",
    "row.id -> load(id) 2",
    "row.id -> text",
    "text -> load(id) 3",
  );
  expect(ask(graph, "load(id)")).toEqual({
    wanted: ["createId()", "load(id)", "row.id"],
    mints: ["text -> load(id)"],
  });
});
