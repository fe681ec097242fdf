import type { FlowEdge, FlowGraph } from "./graph/graph.ts";
import type { Mode } from "./migration.ts";
import type { Solution } from "./solver/solve.ts";

/**
 * Where a branded value takes a cast to go on: at all exits that the compiler checks, or, of a brand that passes as the
 * base, where it is asserted to be another one.
 */
export function castExits(graph: FlowGraph, { exits, labels }: Solution, mode: Mode): readonly FlowEdge[] {
  if (mode === "distinct") return exits.filter(({ enforced, declared }) => enforced && declared !== true);
  return graph.edges.filter(
    ({ refused, from, to }) => refused === true && labels.get(from) === "brand" && labels.get(to) !== "brand",
  );
}
