import {
  type FlowEdge,
  type FlowGraph,
  type Hazard,
  positionIdOf,
  type Site,
  type TypePosition,
} from "../graph/graph.ts";
import { restrictToSinks } from "../solver/sinks.ts";
import { type Question, solve } from "../solver/solve.ts";
import { annotationChanges, type Solved } from "./changes.ts";

/**
 * How many annotations change if every erased value comes out again wherever the compiler lets one in: erased reached
 * hazards flow to all recovered ones, and the question is solved once more.
 *
 * Shortcomings: sees the parts of a project that were searched; a value that is erased into a library and handed back by it with a
 * type is not recovered anywhere.
 */
export function mostEdits(solved: Solved): number {
  const { question } = solved;
  const [erased, recovered] = erasures(solved);
  if (erased.length === 0 || recovered.length === 0) return annotationChanges(solved).length;

  const leaking = throughErasures(solved);
  const asked = reconsidered(leaking, question);
  return annotationChanges({ ...solved, graph: leaking, question: asked, solution: solve(leaking, asked) }).length;
}

/** The graph, with a flow from every erased reached value to every one that comes out where nothing is checked. */
export function throughErasures(solved: Pick<Solved, "graph" | "solution">): FlowGraph {
  const [erased, recovered] = erasures(solved);
  const [first] = erased;
  return first === undefined ? solved.graph : withHole(solved.graph, first.site, [erased, recovered]);
}

function erasures({
  graph,
  solution,
}: Pick<Solved, "graph" | "solution">): readonly [readonly Hazard[], readonly Hazard[]] {
  return [
    graph.hazards.filter(({ kind, position }) => kind === "erased" && solution.demands.has(position)),
    graph.hazards.filter(({ kind }) => kind === "recovered"),
  ];
}

// One position between all of them, so that there are as many new edges as hazards and not their product.
function withHole(
  graph: FlowGraph,
  site: Site,
  [erased, recovered]: readonly [readonly Hazard[], readonly Hazard[]],
): FlowGraph {
  const hole = positionIdOf("(where nothing is checked)");
  const position: TypePosition = {
    id: hole,
    kind: "cast",
    annotation: "inferred",
    site,
    owner: undefined,
    test: false,
  };
  const rest = { channel: "value", enforced: false, nested: false } as const;
  const into = erased.map(
    ({ position, construct, site: at }): FlowEdge => ({ ...rest, from: position, to: hole, construct, site: at }),
  );
  const outOf = recovered.map(
    ({ position, construct, site: at }): FlowEdge => ({ ...rest, from: hole, to: position, construct, site: at }),
  );
  return {
    positions: new Map([...graph.positions, [hole, position]]),
    edges: [...graph.edges, ...into, ...outOf],
    hazards: graph.hazards,
  };
}

// With sinks, what leads from a recovery to what was wanted is wanted too.
function reconsidered(graph: FlowGraph, { wanted, ...question }: Question): Question {
  return wanted === undefined ? question : restrictToSinks(graph, question, [...wanted]);
}
