import { describe, expect, test } from "vitest";
import {
  type Annotation,
  type Channel,
  type FlowEdge,
  type FlowGraph,
  positionIdOf,
  type TypePosition,
} from "../graph/graph.ts";
import { type Question, type Solution, solve } from "./solve.ts";

const site = { file: "a.ts", line: 1, column: 1, start: 0, end: 0 };

/** `pages -> page`, `pages => queue` (an alias), `page +> queue` (a store); `lib!` is external, `list?` is lent. */
function graphOf(...lines: readonly string[]): FlowGraph {
  const positions = new Map<TypePosition["id"], TypePosition>();
  const edges = lines.flatMap((line) => {
    const [from = "", arrow = "", to = ""] = line.split(" ");
    for (const name of [from, to]) positions.set(idOf(name), positionOf(name));
    return [edgeOf(from, to, channels[arrow] ?? "value")];
  });
  return { positions, edges, hazards: [] };
}

const channels: Readonly<Record<string, Channel>> = { "->": "value", "=>": "alias", "+>": "store" };

function idOf(name: string): TypePosition["id"] {
  return positionIdOf(name.replace(/[!?]$/, ""));
}

function positionOf(name: string): TypePosition {
  const annotation: Annotation = name.endsWith("!") ? "external" : "written";
  return {
    id: idOf(name),
    kind: "variable",
    annotation,
    site,
    owner: undefined,
    test: false,
    lent: name.endsWith("?"),
  };
}

function edgeOf(from: string, to: string, channel: Channel): FlowEdge {
  return { from: idOf(from), to: idOf(to), channel, construct: "assignment", site, enforced: true, nested: false };
}

interface Asked {
  readonly producers: readonly string[];
  readonly fixed?: readonly string[];
  readonly releases?: readonly string[];
  readonly mixedStops?: boolean;
}

function ask(graph: FlowGraph, { producers, fixed = [], releases = [], mixedStops = false }: Asked): Solution {
  const question: Question = {
    producers: producers.map(idOf),
    fixed: [...producers, ...fixed].map(idOf),
    releases: new Set(releases.map(idOf)),
    mixedStops,
    testsMint: mixedStops,
  };
  return solve(graph, question);
}

function labelled({ demands, labels }: Solution): readonly string[] {
  return [...demands.values()].map(({ position, depth }) => `${depth} ${labels.get(position)} ${position}`);
}

function ends(edges: readonly FlowEdge[]): readonly string[] {
  return edges.map(({ from, to }) => `${from} -> ${to}`);
}

describe("reach", () => {
  test("goes forward from the producers and no further", () => {
    const graph = graphOf("gup -> page", "page -> bio", "alloc -> spare");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual(["0 brand gup", "1 brand page", "2 brand bio"]);
  });

  test("explains a position by the shortest chain, whatever order the edges have", () => {
    const graph = graphOf("gup -> page", "page -> bio", "bio -> request", "gup -> dio", "dio -> request");
    const { demands } = ask(graph, { producers: ["gup"] });
    expect(demands.get(idOf("request"))?.depth).toBe(2);
    expect(demands.get(idOf("request"))?.because?.from).toBe("dio");
  });

  test("ends in a cycle", () => {
    const graph = graphOf("gup -> page", "page -> queue", "queue -> page");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual(["0 brand gup", "1 brand page", "2 brand queue"]);
  });

  test("reaches what only a fixed position reaches, after all that the producers reach", () => {
    const graph = graphOf("gup -> page", "sink -> behind");
    expect(labelled(ask(graph, { producers: ["gup"], fixed: ["sink"] }))).toEqual([
      "0 brand gup",
      "1 brand page",
      "0 brand sink",
      "1 brand behind",
    ]);
  });
});

describe("mixing", () => {
  test("spreads to all that comes after the place where plain values come in", () => {
    const graph = graphOf("gup -> page", "page -> bv_page", "alloc -> bv_page", "bv_page -> release");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual([
      "0 brand gup",
      "1 brand page",
      "2 mixed bv_page",
      "3 mixed release",
    ]);
  });

  test("does not make what is branded by definition a mixture", () => {
    const graph = graphOf("gup -> sink", "alloc -> sink", "sink -> after");
    const solution = ask(graph, { producers: ["gup"], fixed: ["sink"] });
    expect(labelled(solution)).toEqual(["0 brand gup", "1 brand sink", "2 brand after"]);
    expect(ends(solution.mints)).toEqual(["alloc -> sink"]);
  });

  test("mints where a mixture meets what is branded by definition", () => {
    const graph = graphOf("gup -> page", "alloc -> page", "page -> sink");
    expect(ends(ask(graph, { producers: ["gup"], fixed: ["sink"] }).mints)).toEqual(["page -> sink"]);
  });
});

describe("shared storage", () => {
  test("gives a store through an alias back to the lender, and to what the lender is read into", () => {
    const graph = graphOf("pages => parameter", "gup +> parameter", "pages -> first");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual([
      "0 brand gup",
      "1 brand parameter",
      "2 brand pages",
      "3 brand first",
    ]);
  });

  test("gives nothing back to where a value was copied from", () => {
    const graph = graphOf("pages -> copy", "gup +> copy");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual(["0 brand gup", "1 mixed copy"]);
  });

  test("gives nothing back to a lender whose alias is only read", () => {
    const graph = graphOf("gup -> pages", "spares => reader", "pages => reader");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual(["0 brand gup", "1 brand pages", "2 mixed reader"]);
  });

  test("carries a plain store back to a branded lender, which is a mixture then", () => {
    const graph = graphOf("gup -> pages", "pages => parameter", "alloc +> parameter");
    expect(labelled(ask(graph, { producers: ["gup"] }))).toEqual(["0 brand gup", "1 mixed pages", "2 mixed parameter"]);
  });

  test("lets a caller keep plain values in a container that it lends", () => {
    const graph = graphOf("mine => pages?", "gup +> pages?", "alloc +> mine");
    const solution = ask(graph, { producers: ["gup"], fixed: ["pages?"] });
    expect(ends(solution.mints)).toEqual([]);
    expect(solution.labels.get(idOf("mine"))).toBe("mixed");
  });
});

describe("ends of the road", () => {
  test("a release takes the value and passes nothing on", () => {
    const graph = graphOf("gup -> page", "page -> put_page", "put_page -> free_list");
    const solution = ask(graph, { producers: ["gup"], releases: ["put_page"] });
    expect(labelled(solution)).toEqual(["0 brand gup", "1 brand page"]);
    expect(ends(solution.releases)).toEqual(["page -> put_page"]);
  });

  test("a release of plain values is none of ours", () => {
    const graph = graphOf("gup -> page", "alloc -> put_page");
    expect(ends(ask(graph, { producers: ["gup"], releases: ["put_page"] }).releases)).toEqual([]);
  });

  test("a declaration outside the project is an exit", () => {
    const graph = graphOf("gup -> page", "page -> library!", "library! -> back");
    const solution = ask(graph, { producers: ["gup"] });
    expect(labelled(solution)).toEqual(["0 brand gup", "1 brand page"]);
    expect(ends(solution.exits)).toEqual(["page -> library"]);
  });
});

test("where the brand ends at what plain values join, that position is named and nothing behind it", () => {
  const graph = graphOf("get -> page", "page -> both", "alloc -> both", "both -> behind");
  expect([...ask(graph, { producers: ["get"] }).labels.keys()]).toEqual(["get", "page", "both", "behind"].map(idOf));
  const { labels } = ask(graph, { producers: ["get"], mixedStops: true });
  expect([...labels]).toEqual([
    [idOf("get"), "brand"],
    [idOf("page"), "brand"],
    [idOf("both"), "mixed"],
  ]);
});
